package io.lookout.storage.transport;

import io.lookout.cluster.Node;
import io.lookout.cluster.kafka.ClientConfig;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.RecordFeed;
import io.lookout.cluster.kafka.SeriesPartitions;
import io.lookout.cluster.kafka.TopicWatch;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.wire.BatchRecordDecoder;
import io.lookout.model.series.SeriesCache;
import io.lookout.storage.shard.Shard;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the records of this node's partitions to its shards. The storage nodes are one consumer
 * group; each partition belongs to one shard of the node that has it. An offset is committed when
 * the write-ahead log has the samples, as {@code storage.wal.sync} says: after a crash records are
 * read again that the log has already, and the head takes equal samples once. Records are decoded
 * on its thread: for a worker.
 */
public final class TransportVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TransportVerticle.class);

  private static final long SERIES_IDLE_MILLIS = TimeUnit.MINUTES.toMillis(15);

  private final Node node;
  private final TransportSettings settings;
  private final List<Shard> shards;
  private final Runnable admission;
  private final TransportMeters meters;
  private final SeriesCache series;
  private final BatchRecordDecoder decoder;
  private @Nullable TopicWatch watch;
  private @Nullable RecordFeed feed;
  private boolean stopping;

  /** By {@link System#nanoTime}. */
  private long nextWarning = System.nanoTime();

  /**
   * @param shards that this node owns
   * @param admission throws where no write can be taken
   */
  public TransportVerticle(
      Node node, TransportSettings settings, List<Shard> shards, Runnable admission) {
    this.node = node;
    this.settings = settings;
    this.shards = List.copyOf(shards);
    this.admission = admission;
    this.series = new SeriesCache(settings.seriesCache());
    this.decoder = new BatchRecordDecoder(series);
    this.meters = new TransportMeters(node.meters());
  }

  /** Does not wait for the brokers: what is here already is to be asked for without them. */
  @Override
  public Future<?> start() {
    KafkaSettings kafka = node.settings().of(KafkaSettings.class).neededFor("transport=kafka");
    Map<String, Object> config =
        ClientConfig.consumer(kafka, settings.group(), node.id(), "earliest");
    RecordFeed.Reading reading =
        new RecordFeed.Reading("transport", config, Set.of(settings.topic()));
    // Of what is silent for so long nothing is remembered; the timer ends with the verticle.
    vertx.setPeriodic(SERIES_IDLE_MILLIS, swept -> series.forgetUnused());
    return RecordFeed.open(vertx, kafka, reading, this::take, node.meters())
        .compose(opened -> {
          feed = opened;
          return TopicWatch.begin(vertx, kafka, settings.spec())
              .onSuccess(looking -> whenKnown(looking, opened))
              .recover(failure -> opened.stop().transform(done -> Future.failedFuture(failure)));
        });
  }

  private void whenKnown(TopicWatch looking, RecordFeed opened) {
    watch = looking;
    looking
        .known()
        .compose(partitions -> read(opened, partitions))
        .onFailure(failure -> LOG.error("Samples cannot be read from Kafka", failure));
  }

  private Future<Void> read(RecordFeed opened, int partitions) {
    if (stopping) {
      return Future.succeededFuture();
    }
    if (partitions < shards.size()) {
      LOG.warn(
          "Topic {} has {} partitions and this node {} shards: some of them get no samples. Give"
              + " the topic more partitions, or set storage.shards lower",
          settings.topic(),
          partitions,
          shards.size());
    }
    return opened.begin();
  }

  private Future<Void> take(ConsumerRecord<byte[], byte[]> record) {
    WriteBatch batch;
    try {
      batch = decoded(record.value());
    } catch (LookoutException e) {
      malformed(record, e);
      return Future.succeededFuture();
    }
    admission.run();
    Shard shard = shards.get(SeriesPartitions.shard(record.partition(), shards.size()));
    return Future.fromCompletionStage(shard.write(batch), context)
        .onSuccess(meters::stored)
        .mapEmpty();
  }

  /** Who else writes to the topic may write much: each is counted, one a minute is named. */
  private void malformed(ConsumerRecord<byte[], byte[]> record, LookoutException why) {
    meters.malformed();
    long now = System.nanoTime();
    if (now - nextWarning >= 0) {
      nextWarning = now + TimeUnit.MINUTES.toNanos(1);
      LOG.warn(
          "The record at offset {} of partition {} of topic {} is no write batch and is skipped,"
              + " as are others that are none: {}",
          record.offset(),
          record.partition(),
          record.topic(),
          why.getMessage());
    }
  }

  private WriteBatch decoded(byte @Nullable [] value) {
    if (value == null) {
      throw new LookoutException(ErrorCode.BAD_DATA, "it has no value");
    }
    WriteBatch batch = decoder.decode(value);
    meters.labelsRead(decoder.labelsRead());
    return batch;
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    Future<Void> ended = feed == null ? Future.succeededFuture() : feed.stop();
    return ended.eventually(() -> watch == null ? Future.succeededFuture() : watch.close());
  }
}
