/**
 * JMH benchmarks of what can be called from outside, and what they have in common. Those of
 * package-private classes lie in the packages of these. Run by {@code benchmarks/jmh}.
 */
package org.digitstream.benchmarks;
