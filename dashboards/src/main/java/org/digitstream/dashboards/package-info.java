/** The dashboards module. */
package org.digitstream.dashboards;
