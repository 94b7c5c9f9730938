package org.digitstream.training.network;

/** Gives one batch after the other; the same ones however many threads prepare them. */
interface Batches {
  /** The next batch. */
  Batch next() throws InterruptedException;
}
