package org.digitstream.standalone.command;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.digitstream.inference.model.ModelException;
import org.digitstream.ingest.kafka.AudioDeliveryException;
import org.digitstream.ingest.source.MicrophoneException;
import org.digitstream.runtime.kafka.AccessDenied;
import org.digitstream.runtime.kafka.BrokerUnreachableException;
import org.digitstream.runtime.streams.StreamsFailedException;
import org.digitstream.standalone.broker.BrokerException;
import org.digitstream.standalone.replay.TranscriptException;
import org.digitstream.standalone.upkeep.PartlyDoneException;
import org.digitstream.training.study.StudyException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into one message for people and the exit code 1. */
final class ErrorMessages implements IExecutionExceptionHandler {
  /** Exceptions whose messages were written for people. */
  private static final Set<Class<? extends Exception>> EXPECTED =
      Set.of(
          CommandFailure.class,
          MicrophoneException.class,
          AudioDeliveryException.class,
          BrokerException.class,
          BrokerUnreachableException.class,
          StreamsFailedException.class,
          ModelException.class,
          PartlyDoneException.class,
          StudyException.class,
          TimeoutException.class,
          TranscriptException.class);

  @Override
  public int handleExecutionException(
      Exception thrown, CommandLine commandLine, ParseResult parsed) {
    commandLine.getErr().println("digitstream: " + message(thrown));
    if (commandLine.getCommand() instanceof DigitstreamCommand command
        && command.wantsStacktrace()) {
      thrown.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return DigitstreamCommand.FAILED;
  }

  static String message(Exception thrown) {
    if (EXPECTED.contains(thrown.getClass())) {
      return thrown.getMessage();
    }
    // A plain one of Kafka's is ours: it names the topic, and tells the same.
    if (thrown.getClass() != KafkaException.class && AccessDenied.explain(thrown).isPresent()) {
      return AccessDenied.explain(thrown).get();
    }
    if (thrown instanceof java.nio.file.NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    if (thrown instanceof java.nio.file.AccessDeniedException denied) {
      return denied.getFile() + " may not be read or written";
    }
    if (thrown instanceof IOException && thrown.getMessage() != null) {
      return thrown.getMessage();
    }
    if (thrown instanceof KafkaException) {
      return "Kafka: " + thrown.getMessage();
    }
    return "an error in digitstream itself: "
        + thrown
        + ". Please report it, with what --stacktrace shows.";
  }
}
