package org.digitstream.dashboards.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.digitstream.dashboards.live.AudioClip;
import org.digitstream.dashboards.live.LiveStreams;
import org.digitstream.dashboards.live.StreamHistory;

/** A piece of a stream's past: its audio, and what was seen and thought. Any number of threads. */
final class StreamRequests {
  private static final String FIRST_SAMPLE = "Digitstream-First-Sample";

  private final LiveStreams streams;

  StreamRequests(LiveStreams streams) {
    this.streams = streams;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/streams/{id}/audio.wav", this::audio);
    routes.get("/api/streams/{id}/window", this::window);
  }

  private StreamHistory requireStream(Context request) {
    return streams
        .find(request.pathParam("id"))
        .orElseThrow(() -> new Refused(404, "this stream is not kept any longer"));
  }

  private static long requireSample(Context request, String name) {
    try {
      return Long.parseLong(Optional.ofNullable(request.queryParam(name)).orElse(""));
    } catch (NumberFormatException e) {
      throw new Refused(
          400, name + "=" + request.queryParam(name) + " is no sample; name a whole number");
    }
  }

  private void audio(Context request) {
    StreamHistory stream = requireStream(request);
    AudioClip clip =
        stream
            .audio(requireSample(request, "from"), requireSample(request, "to"))
            .orElseThrow(() -> new Refused(404, "this audio is not kept any longer"));
    request
        .header(FIRST_SAMPLE, Long.toString(clip.firstSample()))
        .contentType("audio/wav")
        .result(WavBytes.of(clip.samples(), streams.spec().sampleRateHz()));
  }

  private void window(Context request) {
    StreamHistory stream = requireStream(request);
    long from = requireSample(request, "from");
    long to = requireSample(request, "to");
    int hop = streams.spec().hopSamples();
    long firstFrame = Math.floorDiv(from, (long) hop);
    int most = (int) Math.max(1, Math.min(3_000, Math.floorDiv(to - from, (long) hop) + 1));
    StreamHistory.Items frames =
        stream
            .frames(firstFrame, most)
            .orElseThrow(() -> new Refused(404, "these frames are not kept any longer"));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("firstFrame", frames.first());
    answer.put("bands", frames.width());
    answer.put("frames", frames.count());
    answer.put("mel", Base64.getEncoder().encodeToString(frames.bytes()));
    stream
        .outputs(stream.outputAt(firstFrame), most)
        .ifPresent(
            outputs -> {
              Map<String, Object> posteriors = new LinkedHashMap<>();
              int count =
                  (int)
                      Math.max(
                          0,
                          Math.min(
                              outputs.count(),
                              (firstFrame + most - outputs.first()) / outputs.stride() + 1));
              posteriors.put("firstFrame", outputs.first());
              posteriors.put("strideFrames", outputs.stride());
              posteriors.put("classes", outputs.width());
              posteriors.put("outputs", count);
              posteriors.put(
                  "values",
                  Base64.getEncoder()
                      .encodeToString(Arrays.copyOf(outputs.bytes(), count * outputs.width())));
              answer.put("posteriors", posteriors);
            });
    answer.put("digits", stream.digitsWithin(from, to));
    request.json(answer);
  }
}
