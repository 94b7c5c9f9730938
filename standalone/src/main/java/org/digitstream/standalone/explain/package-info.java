/**
 * Why something was heard at one moment of a stream, or was not: the audio around it, what the
 * network gave out, and what the spotter made of it, computed once more by the very classes of the
 * stream. Begin with {@link org.digitstream.standalone.explain.Explainer}.
 */
package org.digitstream.standalone.explain;
