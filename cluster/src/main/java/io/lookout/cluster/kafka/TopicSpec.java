package io.lookout.cluster.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic, as it is made where it is missing.
 *
 * @param replication 0 for what the brokers are set to
 */
public record TopicSpec(String name, int partitions, int replication, Duration retention) {
  /** Records hold samples of many series with all their labels. */
  private static final String LARGEST_MESSAGE = Integer.toString(8 << 20);

  NewTopic newTopic() {
    short copies = replication == 0 ? -1 : (short) replication;
    return new NewTopic(name, partitions, copies)
        .configs(
            Map.of(
                "retention.ms",
                Long.toString(retention.toMillis()),
                "max.message.bytes",
                LARGEST_MESSAGE));
  }
}
