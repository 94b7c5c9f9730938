package org.digitstream.inference.spotting;

import java.util.concurrent.TimeUnit;
import org.digitstream.inference.model.WindowClassifier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of a network as the stream takes it: a block of frames goes in, the network is called
 * once, the spotter sees what it says. Of both bundled models 25 steps are a second of audio.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NetworkBenchmark {
  /** Bundled model. */
  @Param({"words", "strings"})
  public String model;

  /** What runs the network. */
  @Param({"java", "dl4j"})
  public String engine;

  private RecordedStream stream;
  private WindowClassifier classifier;
  private StreamRecognizer recognizer;
  private float[] window;
  private long frame;
  private int next;

  /** Loads the model. */
  @Setup
  public void prepare() {
    stream = new RecordedStream(model);
    classifier = stream.classifier(engine);
    recognizer = new StreamRecognizer(stream.model(), classifier);
    window =
        new float[stream.model().geometry().windowFrames() * stream.model().featureSpec().bands()];
    for (int i = 0; i < window.length; i++) {
      int block = i / stream.blocks().get(0).length;
      window[i] = stream.blocks().get(block)[i % stream.blocks().get(0).length];
    }
  }

  /** Closes the network. */
  @TearDown
  public void close() {
    classifier.close();
  }

  /** The next block of a stream that never ends. */
  @Benchmark
  public Recognition step() {
    float[] block = stream.blocks().get(next);
    next = next + 1 == stream.blocks().size() ? 0 : next + 1;
    Recognition recognition = recognizer.accept(frame, block);
    frame += stream.model().geometry().blockFrames();
    return recognition;
  }

  /** A whole window anew, as after a gap. */
  @Benchmark
  public float[] window() {
    return classifier.classify(window);
  }
}
