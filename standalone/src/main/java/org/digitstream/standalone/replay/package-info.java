/**
 * What a replay is made of and what it says afterwards: which recordings, what was said in them,
 * when each word ended, how fast its event came and how many were right. Pure, but for {@code
 * Recordings}, which lists folders.
 */
package org.digitstream.standalone.replay;
