/**
 * The string view: digits that were said without a longer pause, for whoever shows them to people.
 * On the topic there are digits alone; every reader groups them by {@link
 * org.digitstream.contract.utterance.UtteranceGrouper}, so all of them see the same strings. No
 * clock: whoever needs to know whether somebody has stopped speaking says what time it is ({@link
 * org.digitstream.contract.utterance.UtteranceView}).
 */
package org.digitstream.contract.utterance;
