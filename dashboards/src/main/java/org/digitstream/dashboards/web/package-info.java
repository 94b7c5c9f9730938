/** The live page's server: what {@code docs/live-page.md} says, word for word. */
package org.digitstream.dashboards.web;
