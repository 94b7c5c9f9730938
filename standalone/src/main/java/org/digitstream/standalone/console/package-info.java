/** What is shown to the person at the terminal. */
package org.digitstream.standalone.console;
