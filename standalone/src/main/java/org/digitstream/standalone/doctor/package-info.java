/** Looks for what keeps digitstream from working here, and says what to do. */
package org.digitstream.standalone.doctor;
