package io.lookout.cluster.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a batch of records that is not what was written: brokers hand it out as it lies
 * on their disk, and the client refuses it for ever, whichever of its offsets is asked for. How
 * many there are the client does not say; so offsets behind are tried until the answer is another
 * one, first in steps that double, then by halves. Blocks, and consumes nothing: it is no member of
 * the group.
 *
 * <pre>
 *   position ──►│ damaged batch        │ next batch …
 *               ✗  ✗    ✗     ◄─ halves ─►      ✓       the same failure, or anything else
 * </pre>
 */
final class DamageSearch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** For a broker that is slow to answer; afterwards nothing is known. */
  private static final int MOST_POLLS = 20;

  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param config of the consumer that cannot go on
   */
  DamageSearch(Map<String, Object> config) {
    Map<String, Object> own = new HashMap<>(config);
    own.remove(ConsumerConfig.GROUP_ID_CONFIG);
    own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    own.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
    own.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    // One batch is enough; brokers send the first one however large it is.
    own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
    consumer = new KafkaConsumer<>(own);
  }

  /** Whether a failure may be that of a damaged batch, which has no class of its own. */
  static boolean suspects(Throwable failure) {
    return KafkaFailure.cause(failure).getClass() == KafkaException.class;
  }

  /**
   * The first offset behind the damaged batch that is at a position; empty where there is none, or
   * where the brokers do not answer.
   */
  OptionalLong behind(TopicPartition partition, long position) {
    consumer.assign(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, position);
    String damage = position < end ? failure(partition, position) : null;
    if (damage == null) {
      return OptionalLong.empty();
    }
    long bad = position;
    long step = 1;
    while (bad + step < end && damage.equals(failure(partition, bad + step))) {
      bad += step;
      step *= 2;
    }
    long good = Math.min(bad + step, end);
    while (good - bad > 1) {
      long middle = (good + bad) >>> 1;
      if (damage.equals(failure(partition, middle))) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return OptionalLong.of(good);
  }

  /** What the client says when it is asked for an offset; null where it has nothing to complain. */
  private @Nullable String failure(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    try {
      for (int i = 0; i < MOST_POLLS; i++) {
        // Behind records of control there may be nothing to hand out; then the position moves.
        if (!consumer.poll(POLL).isEmpty() || consumer.position(partition) != offset) {
          return null;
        }
      }
      return null;
    } catch (KafkaException e) {
      if (suspects(e)) {
        return told(e);
      }
      throw e;
    }
  }

  /** The words name the batch, by its first offset and its checksum. */
  private static String told(Throwable failure) {
    StringBuilder words = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      words.append(each.getMessage()).append('\n');
    }
    return words.toString();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
