/** Reading digit events back: {@link org.digitstream.runtime.events.EventReader}. */
package org.digitstream.runtime.events;
