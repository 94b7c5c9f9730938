/**
 * The study that the project grew out of, made whole: spectrogram pictures of spoken digits,
 * classifiers of two and three convolutions, autoencoders layer by layer, and classifiers that
 * start from them.
 *
 * <p>Begin with {@link org.digitstream.training.study.Study}, whose methods are its steps. They
 * talk to each other by files in one {@link org.digitstream.training.study.StudyFolder}.
 */
package org.digitstream.training.study;
