package org.digitstream.inference.spotting;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.digitstream.inference.model.ModelBundle;
import org.digitstream.inference.model.PeakSettings;
import org.digitstream.inference.model.ViterbiSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One output of the network for the spotters of the bundled models: of words and of strings. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpotterBenchmark {
  /** A spotter and what its network says of a recording, again and again. */
  private static final class Talk {
    private final WordSpotter spotter;
    private final List<float[]> calls;
    private final int classes;
    private int call;
    private int offset;
    private long output;

    Talk(WordSpotter spotter, RecordedStream stream) {
      this.spotter = spotter;
      calls = stream.outputs();
      classes = stream.model().labels().size();
    }

    List<SpottedWord> next() {
      List<SpottedWord> words = spotter.accept(output++, calls.get(call), offset);
      offset += classes;
      if (offset == calls.get(call).length) {
        offset = 0;
        call = call + 1 == calls.size() ? 0 : call + 1;
      }
      return words;
    }
  }

  /** Peaks. */
  @State(Scope.Thread)
  public static class Words {
    private Talk talk;

    /** Listens to the recording. */
    @Setup
    public void prepare() {
      RecordedStream stream = new RecordedStream("words");
      ModelBundle model = stream.model();
      talk = new Talk(new PeakSpotter((PeakSettings) model.spotter(), model.calibration()), stream);
    }
  }

  /** Ways through a loop of words. */
  @State(Scope.Thread)
  public static class Strings {
    private Talk talk;

    /** Listens to the recording. */
    @Setup
    public void prepare() {
      RecordedStream stream = new RecordedStream("strings");
      ModelBundle model = stream.model();
      talk =
          new Talk(
              new ViterbiDecoder((ViterbiSettings) model.spotter(), model.calibration()), stream);
    }
  }

  /** {@link PeakSpotter}. */
  @Benchmark
  public Object peaks(Words words) {
    return words.talk.next();
  }

  /** {@link ViterbiDecoder}. */
  @Benchmark
  public Object viterbi(Strings strings) {
    return strings.talk.next();
  }
}
