/** The ingest module. */
package org.digitstream.ingest;
