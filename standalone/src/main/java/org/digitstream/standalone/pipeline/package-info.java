/** The services in one JVM, and what comes out of them. */
package org.digitstream.standalone.pipeline;
