/** The standalone module. */
package org.digitstream.standalone;
