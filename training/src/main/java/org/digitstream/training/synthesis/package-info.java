/**
 * Makes speech corpora with the speech synthesizers that are installed: {@code SynthesisPlan} says
 * which voice says which word how fast, {@code CorpusSynthesis} has it said and writes the files.
 * {@code EspeakNg} and {@code Flite} are the only ones who know the programs; everything else is
 * free of processes and deterministic.
 */
package org.digitstream.training.synthesis;
