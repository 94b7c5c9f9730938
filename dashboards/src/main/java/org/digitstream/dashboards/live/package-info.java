/**
 * What the live page knows of the streams: the last seconds of each, gauges, and a score. No Kafka
 * and no web; clocks are passed in.
 */
package org.digitstream.dashboards.live;
