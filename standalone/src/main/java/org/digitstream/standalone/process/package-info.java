/** What the process has of its own: how it ends, and folders that go with it. */
package org.digitstream.standalone.process;
