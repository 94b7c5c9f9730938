/**
 * What operators look at: {@code /metrics} and {@code /health}, served by {@link
 * org.digitstream.runtime.operations.OperationsServer}.
 */
package org.digitstream.runtime.operations;
