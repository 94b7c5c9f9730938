/**
 * The home of the live page, which is still to come; the files for Prometheus lie beside the
 * sources in {@code dashboards/prometheus}.
 */
package org.digitstream.dashboards;
