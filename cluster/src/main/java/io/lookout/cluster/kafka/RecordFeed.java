package io.lookout.cluster.kafka;

import io.lookout.model.LookoutException;
import io.lookout.model.retry.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as a member of a consumer group and commits what was dealt with.
 *
 * <pre>
 *   poll ──► a record each to the sink ──► durable: done      offsets before the first that is open
 *    ▲                   ▲       └─ fails: again, later          │
 *    └── pause partitions that have too much open ◄── commit, once a second and at the end
 * </pre>
 *
 * <p>It polls on while partitions are paused, so that the group does not take it for dead. That a
 * partition was given to another member is told after the fact: records of it may be taken twice,
 * here and there, and sinks must not mind. Lives on the event loop on which it is started.
 */
public final class RecordFeed {
  private static final Logger LOG = LoggerFactory.getLogger(RecordFeed.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));
  private static final long TROUBLED_MILLIS = 1_000;
  private static final long STOPPING_MILLIS = 20;
  private static final int MOST_ATTEMPTS = 10;

  /** How long a stop waits for records that are open. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Vertx vertx;
  private final KafkaReadStream<byte[], byte[]> stream;
  private final RecordSink sink;
  private final Set<String> topics;
  private final long maxOpenBytes;
  private final FeedMeters meters;
  private final DamagedRecords damaged;
  private final Map<TopicPartition, PartitionProgress> partitions = new HashMap<>();
  private final SplittableRandom random = new SplittableRandom();
  private final Promise<Void> ended = Promise.promise();
  private long lastCommit = System.nanoTime();
  private long stopAt;
  private boolean begun;
  private boolean stopping;
  private int underWay;
  private String trouble = "";

  private RecordFeed(
      Vertx vertx,
      KafkaReadStream<byte[], byte[]> stream,
      RecordSink sink,
      Reading reading,
      long maxOpenBytes,
      FeedMeters meters) {
    this.vertx = vertx;
    this.stream = stream;
    this.sink = sink;
    this.topics = reading.topics();
    this.maxOpenBytes = maxOpenBytes;
    this.meters = meters;
    this.damaged = new DamagedRecords(vertx, stream, reading.config(), meters);
  }

  /**
   * What is read.
   *
   * @param name as metrics name it
   * @param config of the client
   */
  public record Reading(String name, Map<String, Object> config, Set<String> topics) {}

  /** Makes the client, which asks nobody yet. Fails where its settings do not make one. */
  public static Future<RecordFeed> open(
      Vertx vertx,
      KafkaSettings settings,
      Reading reading,
      RecordSink sink,
      MeterRegistry registry) {
    return vertx
        .executeBlocking(() -> new KafkaConsumer<byte[], byte[]>(reading.config()))
        .recover(failure -> Future.failedFuture(KafkaFailure.ofClient(settings, failure)))
        .map(consumer ->
            new RecordFeed(
                vertx,
                KafkaReadStream.create(vertx, consumer),
                sink,
                reading,
                settings.inFlightBytes().bytes(),
                new FeedMeters(registry, reading.name())));
  }

  /** Joins the group and reads. */
  public Future<Void> begin() {
    begun = true;
    stream.partitionsRevokedHandler(gone -> gone.forEach(this::lose));
    return stream.subscribe(topics).onSuccess(subscribed -> poll());
  }

  private void lose(TopicPartition partition) {
    PartitionProgress progress = partitions.remove(partition);
    if (progress != null) {
      progress.lose();
    }
  }

  private void poll() {
    stream
        .poll(POLL)
        .onSuccess(this::taken)
        .onFailure(this::troubled)
        .compose(records -> adjust(), this::recover)
        .eventually(this::commitIfDue)
        .onComplete(done -> goOn());
  }

  private Future<Void> recover(Throwable failure) {
    Future<Void> pause = pause(TROUBLED_MILLIS);
    return DamageSearch.suspects(failure)
        ? damaged.passOver().onFailure(this::troubled).eventually(() -> pause)
        : pause;
  }

  private void goOn() {
    if (!stopping) {
      poll();
    } else if (underWay == 0 || System.nanoTime() - stopAt > PATIENCE_NANOS) {
      commit().eventually(stream::close).onComplete(ended);
    } else {
      pause(STOPPING_MILLIS).onComplete(waited -> goOn());
    }
  }

  private Future<Void> pause(long millis) {
    return vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
  }

  private void taken(ConsumerRecords<byte[], byte[]> records) {
    trouble = "";
    for (ConsumerRecord<byte[], byte[]> record : records) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      PartitionProgress progress =
          partitions.computeIfAbsent(partition, fresh -> new PartitionProgress());
      int size = size(record);
      meters.begun(size);
      take(record, progress, progress.begin(record.offset(), size), 1);
    }
  }

  private static int size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0) + 64;
  }

  private void take(
      ConsumerRecord<byte[], byte[]> record,
      PartitionProgress progress,
      PartitionProgress.Open open,
      int attempt) {
    underWay++;
    Future.<Void>future(promise -> sink.take(record).onComplete(promise))
        .onComplete(done -> underWay--)
        .onSuccess(done -> {
          ended(record, progress, open);
          meters.done();
        })
        .onFailure(failure -> failed(record, progress, open, attempt, failure));
  }

  private void ended(
      ConsumerRecord<byte[], byte[]> record,
      PartitionProgress progress,
      PartitionProgress.Open open) {
    progress.done(open);
    meters.ended(size(record));
  }

  /** A record that can never be stored must not hold up the partition for ever. */
  private void failed(
      ConsumerRecord<byte[], byte[]> record,
      PartitionProgress progress,
      PartitionProgress.Open open,
      int attempt,
      Throwable failure) {
    if (attempt >= MOST_ATTEMPTS && !isOfTheMoment(failure)) {
      LOG.error("{} is given up: its samples are lost", place(record), failure);
      meters.gaveUp();
      ended(record, progress, open);
      return;
    }
    meters.retry();
    if (attempt == MOST_ATTEMPTS) {
      LOG.warn("{} waits: {}", place(record), failure.getMessage());
    }
    vertx.setTimer(
        BACKOFF.delay(attempt, random),
        waited -> {
          if (stopping || progress.isLost()) {
            meters.ended(size(record));
          } else {
            take(record, progress, open, attempt + 1);
          }
        });
  }

  private static boolean isOfTheMoment(Throwable failure) {
    return failure instanceof LookoutException known
        && switch (known.code()) {
          case UNAVAILABLE, TIMEOUT, TENANT_LIMIT, CANCELED -> true;
          case BAD_DATA,
              TOO_LARGE,
              UNSUPPORTED_MEDIA_TYPE,
              EXECUTION,
              INTERNAL,
              NOT_FOUND,
              NOT_ACCEPTABLE ->
              false;
        };
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return "The record at offset "
        + record.offset()
        + " of partition "
        + record.partition()
        + " of topic "
        + record.topic();
  }

  /** Told once for each kind: the client goes on trying. */
  private void troubled(Throwable failure) {
    String now = KafkaFailure.text(failure);
    if (!now.equals(trouble)) {
      LOG.warn("Kafka cannot be read: {}. It is tried again until it can", now);
      trouble = now;
    }
  }

  /** Nobody polls now, so the client may be asked here for what it knows without asking. */
  private Future<Void> adjust() {
    Set<TopicPartition> pause = new HashSet<>();
    Set<TopicPartition> resume = new HashSet<>();
    long lag = 0;
    for (Map.Entry<TopicPartition, PartitionProgress> each : partitions.entrySet()) {
      PartitionProgress progress = each.getValue();
      if (!progress.isPaused() && progress.bytes() >= maxOpenBytes) {
        pause.add(each.getKey());
      } else if (progress.isPaused() && progress.bytes() < maxOpenBytes / 2) {
        resume.add(each.getKey());
      }
      lag += stream.unwrap().currentLag(each.getKey()).orElse(0);
    }
    meters.lag(lag);
    return set(pause, true).eventually(() -> set(resume, false)).otherwiseEmpty();
  }

  private Future<Void> set(Set<TopicPartition> some, boolean paused) {
    if (some.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> told = paused ? stream.pause(some) : stream.resume(some);
    return told.onSuccess(done -> some.forEach(each -> note(each, paused)));
  }

  /** Only when the client has done it: else it would go on reading what counts as paused. */
  private void note(TopicPartition partition, boolean paused) {
    PartitionProgress progress = partitions.get(partition);
    if (progress != null) {
      progress.pause(paused);
    }
  }

  private Future<Void> commitIfDue() {
    return System.nanoTime() - lastCommit < COMMIT_NANOS ? Future.succeededFuture() : commit();
  }

  /** A commit that fails is tried with the next one. */
  private Future<Void> commit() {
    lastCommit = System.nanoTime();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    partitions.forEach((partition, progress) ->
        progress.toCommit().ifPresent(next -> offsets.put(partition, new OffsetAndMetadata(next))));
    if (offsets.isEmpty()) {
      return Future.succeededFuture();
    }
    return stream
        .commit(offsets)
        .onSuccess(done -> offsets.forEach(this::committed))
        .onFailure(this::troubled)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private void committed(TopicPartition partition, OffsetAndMetadata offset) {
    PartitionProgress progress = partitions.get(partition);
    if (progress != null) {
      progress.committed(offset.offset());
    }
  }

  /** Reads no more, waits a moment for what is open, commits and leaves. */
  public Future<Void> stop() {
    if (!begun) {
      return stream.close();
    }
    stopping = true;
    stopAt = System.nanoTime();
    return ended.future();
  }
}
