/**
 * Looking after what the topics keep: dead letters, and what there is of one stream. Read without a
 * consumer group, so that no service notices; changed only where a person asked for it.
 */
package org.digitstream.standalone.upkeep;
