package org.digitstream.dashboards.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.digitstream.dashboards.web.Messages.FRAMES;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitstream.contract.FeatureSpec;
import org.digitstream.contract.LogMelFrames;
import org.digitstream.contract.utterance.UtteranceGrouper;
import org.digitstream.dashboards.SetClock;
import org.digitstream.dashboards.live.LiveStreams;
import org.junit.jupiter.api.Test;

/** What viewers are sent, and that none pays for another one. */
class ViewersTest {
  private static final FeatureSpec SPEC = FeatureSpec.WIDEBAND;
  private static final int KEPT_FRAMES = 3_000;
  private static final String GREETING = "hello";

  private final LiveStreams streams =
      new LiveStreams(SPEC, UtteranceGrouper.DEFAULT_PAUSE, new SetClock());
  private final Viewers viewers = new Viewers();

  /** A connection that keeps what it is given, and lets it leave when told to. */
  private static class Connection implements Viewer.Outlet {
    final List<Object> messages = new ArrayList<>();
    boolean closed;
    Runnable sent;
    Runnable failed;

    @Override
    public void text(String message, Runnable whenSent, Runnable whenFailed) {
      take(message, whenSent, whenFailed);
    }

    @Override
    public void bytes(ByteBuffer message, Runnable whenSent, Runnable whenFailed) {
      take(message, whenSent, whenFailed);
    }

    void take(Object message, Runnable whenSent, Runnable whenFailed) {
      messages.add(message);
      sent = whenSent;
      failed = whenFailed;
    }

    @Override
    public void close() {
      closed = true;
    }

    /** The streams that were shown, in turn. */
    List<String> watched() {
      Pattern stream = Pattern.compile("\"type\":\"watching\",\"stream\":\"([^\"]+)\"");
      return messages.stream()
          .filter(String.class::isInstance)
          .map(message -> stream.matcher((String) message))
          .filter(Matcher::find)
          .map(found -> found.group(1))
          .toList();
    }

    /** The indices of the frames that came, first to last of each message. */
    List<String> frames() {
      return messages.stream()
          .filter(message -> message instanceof ByteBuffer buffer && buffer.get(0) == FRAMES)
          .map(ByteBuffer.class::cast)
          .map(
              buffer -> {
                long first = (long) buffer.getDouble(8);
                return first + "-" + (first + buffer.getShort(2) - 1);
              })
          .toList();
    }
  }

  /** A connection from which everything leaves at once. */
  private static final class Quick extends Connection {
    @Override
    void take(Object message, Runnable whenSent, Runnable whenFailed) {
      super.take(message, whenSent, whenFailed);
      whenSent.run();
    }
  }

  /** A connection that throws instead of telling that it failed. */
  private static final class Broken extends Connection {
    @Override
    void take(Object message, Runnable whenSent, Runnable whenFailed) {
      super.take(message, whenSent, whenFailed);
      throw new IllegalStateException("the session is closed");
    }
  }

  private <C extends Connection> C joined(String id, C connection) {
    viewers.join(id, new Viewer(streams, connection, GREETING));
    return connection;
  }

  private void speak(long firstFrame, int count) {
    speak("s", firstFrame, count);
  }

  private void speak(String stream, long firstFrame, int count) {
    streams.accept(
        new LogMelFrames(
            stream,
            "s.wav",
            SPEC.id(),
            firstFrame,
            SPEC.bands(),
            new float[count * SPEC.bands()],
            0,
            false,
            SPEC.sampleRateHz()));
  }

  @Test
  void inAFloodEachIsShownUntilItsDigitsCameAndWhatIsPickedAtOnce() {
    Quick quick = new Quick();
    Viewer viewer = new Viewer(streams, quick, GREETING);
    viewers.join("v", viewer);
    speak("first", 0, 1);
    turns(1);
    speak("second", 0, 1);
    turns(Viewer.TURNS_BETWEEN_SWITCHES);
    assertThat(quick.watched()).as("one begins").containsExactly("first", "second");

    for (int i = 0; i < 100; i++) {
      speak("m" + i, 0, 1);
    }
    turns(Viewer.TURNS_BETWEEN_SWITCHES_IN_A_FLOOD - 1);
    assertThat(quick.watched()).as("many begin").containsExactly("first", "second");
    turns(1);
    assertThat(quick.watched()).hasSize(3);

    viewer.watch("first");
    turns(1);
    assertThat(quick.watched()).hasSize(4).endsWith("first");
  }

  private void turns(int count) {
    for (int i = 0; i < count; i++) {
      viewers.turn(Board.EMPTY);
    }
  }

  @Test
  void oneThatThrowsIsClosedAndTheOthersGoOn() {
    List<Connection> sound = new ArrayList<>();
    List<Connection> broken = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sound.add(joined("sound " + i, new Quick()));
      broken.add(joined("broken " + i, new Broken()));
    }
    speak(0, 10);
    viewers.turn(Board.EMPTY);
    speak(10, 10);
    viewers.turn(Board.EMPTY);

    assertThat(sound)
        .allSatisfy(one -> assertThat(one.frames()).containsExactly("0-9", "10-19"))
        .noneMatch(one -> one.closed);
    assertThat(broken).allMatch(one -> one.closed && one.messages.equals(List.of(GREETING)));
  }

  @Test
  void oneWhoseMessageDidNotLeaveIsClosedAndSentNothingMore() {
    Connection connection = joined("c", new Connection());
    viewers.turn(Board.EMPTY);
    connection.failed.run();
    speak(0, 10);
    viewers.turn(Board.EMPTY);

    assertThat(connection.closed).isTrue();
    assertThat(connection.messages).containsExactly(GREETING);
  }

  @Test
  void oneThatDoesNotReadHasOneMessageOnTheWayAndMissesWhatIsForgotten() {
    speak(0, 1);
    Connection slow = joined("slow", new Connection());
    for (int first = 1; first <= 3 * KEPT_FRAMES; first += 100) {
      viewers.turn(Board.EMPTY);
      speak(first, 100);
    }
    assertThat(slow.messages).containsExactly(GREETING);

    // What was gathered in its first turn leaves, then comes what is newest.
    for (int message = 0; message < 4; message++) {
      slow.sent.run();
      viewers.turn(Board.EMPTY);
    }
    assertThat(slow.frames()).containsExactly("0-0", (2 * KEPT_FRAMES + 1) + "-" + 3 * KEPT_FRAMES);
  }

  @Test
  void oneThatLeftIsSentNothingMore() {
    Connection connection = joined("c", new Quick());
    speak(0, 10);
    viewers.turn(Board.EMPTY);
    viewers.leave("c");
    speak(10, 10);
    viewers.turn(Board.EMPTY);

    assertThat(connection.frames()).containsExactly("0-9");
    assertThat(viewers.count()).isZero();
    assertThat(viewers.find("c")).isEmpty();
  }
}
