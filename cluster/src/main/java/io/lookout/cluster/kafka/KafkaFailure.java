package io.lookout.cluster.kafka;

import io.lookout.cluster.settings.SettingsException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;

/** Failures of Kafka's clients in words. */
public final class KafkaFailure {
  private KafkaFailure() {}

  /** What a client's future has wrapped. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The kind and the message. */
  public static String text(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  /** A client that could not be made: mostly a broker without an address, or a property. */
  public static Throwable ofClient(KafkaSettings settings, Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof ConfigException)) {
      cause = cause.getCause();
    }
    return cause == null
        ? failure
        : new SettingsException(
            List.of(
                "kafka.brokers="
                    + String.join(",", settings.brokers())
                    + " or kafka.properties cannot be used: "
                    + cause.getMessage()));
  }
}
