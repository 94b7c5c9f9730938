/**
 * The command line: one class for each command, which parses, wires and waits. {@code CommandTree}
 * lists them; groups of options that commands share are classes named {@code ...Options}.
 */
package org.digitstream.standalone.command;
