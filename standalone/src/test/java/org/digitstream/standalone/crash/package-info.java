/**
 * Processes that are killed while people speak: {@link
 * org.digitstream.standalone.crash.CrashRounds} disturbs a {@link
 * org.digitstream.standalone.crash.CrashCluster} in a seeded order and compares what was heard with
 * what is heard undisturbed.
 */
package org.digitstream.standalone.crash;
