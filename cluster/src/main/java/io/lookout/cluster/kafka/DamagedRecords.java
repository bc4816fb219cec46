package io.lookout.cluster.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a feed go on behind batches of records that are damaged on the brokers' disks. Without it one
 * of them would stop not its partition alone: the client comes to no other before it.
 */
final class DamagedRecords {
  private static final Logger LOG = LoggerFactory.getLogger(DamagedRecords.class);

  private final Vertx vertx;
  private final KafkaReadStream<byte[], byte[]> stream;
  private final Map<String, Object> config;
  private final FeedMeters meters;

  DamagedRecords(
      Vertx vertx,
      KafkaReadStream<byte[], byte[]> stream,
      Map<String, Object> config,
      FeedMeters meters) {
    this.vertx = vertx;
    this.stream = stream;
    this.config = config;
    this.meters = meters;
  }

  /** Where reading has to go on, by partition, and where it stands. */
  private record Gap(long from, long to) {}

  /** Nobody polls meanwhile. Fails where the brokers do not answer; then all is as it was. */
  Future<Void> passOver() {
    return stream
        .assignment()
        .compose(this::positions)
        .compose(positions -> vertx.executeBlocking(() -> search(positions)))
        .compose(this::seek);
  }

  private Future<Map<TopicPartition, Long>> positions(Set<TopicPartition> assigned) {
    Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    return Future.all(
            assigned.stream()
                .map(each -> stream.position(each).onSuccess(at -> positions.put(each, at)))
                .toList())
        .map(positions);
  }

  private Map<TopicPartition, Gap> search(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Gap> gaps = new HashMap<>();
    try (DamageSearch search = new DamageSearch(config)) {
      positions.forEach((partition, from) -> {
        OptionalLong behind = search.behind(partition, from);
        behind.ifPresent(to -> gaps.put(partition, new Gap(from, to)));
      });
    }
    return gaps;
  }

  private Future<Void> seek(Map<TopicPartition, Gap> gaps) {
    return Future.all(
            gaps.entrySet().stream().map(each -> seek(each.getKey(), each.getValue())).toList())
        .mapEmpty();
  }

  private Future<Void> seek(TopicPartition partition, Gap gap) {
    return stream
        .seek(partition, gap.to())
        .onSuccess(done -> {
          meters.damaged(gap.to() - gap.from());
          LOG.error(
              "Offsets {} to {} of partition {} of topic {} are damaged on the disk of the broker"
                  + " that leads it, and passed over: their samples are lost. Check that disk;"
                  + " where another broker has a whole copy, let it lead, and reset the offset of"
                  + " the group to {} for this partition to read it again: equal samples are one",
              gap.from(),
              gap.to() - 1,
              partition.partition(),
              partition.topic(),
              gap.from());
        });
  }
}
