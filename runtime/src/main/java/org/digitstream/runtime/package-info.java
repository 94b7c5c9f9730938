/** The runtime module. */
package org.digitstream.runtime;
