package io.lookout.ingest.kafka;

import io.lookout.cluster.kafka.ClientConfig;
import io.lookout.cluster.kafka.KafkaFailure;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.SeriesPartitions;
import io.lookout.cluster.kafka.TopicSpec;
import io.lookout.cluster.kafka.TopicWatch;
import io.lookout.ingest.route.BoundedSplit;
import io.lookout.ingest.route.InFlight;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes records to a topic, to the partition of their series. What waits for the brokers is
 * bounded here, so that the client never has to block. Thread-safe.
 */
final class TopicWriter {
  /** Threads that encode and compress; more of them would only wait for each other. */
  private static final int THREADS = 2;

  private final TopicWatch watch;
  private final KafkaWriteStream<byte[], byte[]> stream;
  private final WorkerExecutor workers;
  private final InFlight waiting;

  private TopicWriter(
      TopicWatch watch,
      KafkaWriteStream<byte[], byte[]> stream,
      WorkerExecutor workers,
      InFlight waiting) {
    this.watch = watch;
    this.stream = stream;
    this.workers = workers;
    this.waiting = waiting;
    // Each failure is told to whoever has sent the record.
    stream.exceptionHandler(failure -> {});
  }

  /**
   * Begins to look for the topic. Fails where the clients cannot be made of their settings.
   *
   * @param compression of batches of records, as Kafka names it
   */
  static Future<TopicWriter> open(
      Vertx vertx, KafkaSettings settings, TopicSpec topic, String compression) {
    return TopicWatch.begin(vertx, settings, topic)
        .compose(watch ->
            vertx
                .executeBlocking(() ->
                    new KafkaProducer<byte[], byte[]>(ClientConfig.producer(settings, compression)))
                .map(producer ->
                    new TopicWriter(
                        watch,
                        KafkaWriteStream.create(vertx, producer),
                        vertx.createSharedWorkerExecutor("lookout-kafka-" + topic.name(), THREADS),
                        new InFlight(settings.bufferBytes().bytes())))
                .recover(failure ->
                    watch
                        .close()
                        .transform(closed ->
                            Future.failedFuture(KafkaFailure.ofClient(settings, failure)))));
  }

  /**
   * The partitions of the topic, as places of series.
   *
   * @param allNeedMetadata whether there are readers of single partitions
   */
  record Partitions(int count, boolean allNeedMetadata) implements BoundedSplit.Places {
    @Override
    public int of(SeriesKey series) {
      return SeriesPartitions.partition(series.fingerprint(), count);
    }
  }

  /**
   * @throws LookoutException {@code UNAVAILABLE} as long as the topic is not known
   */
  Partitions partitions(boolean allNeedMetadata) {
    int count = watch.partitions();
    if (count == 0) {
      throw new LookoutException(ErrorCode.UNAVAILABLE, "Kafka: " + watch.trouble());
    }
    return new Partitions(count, allNeedMetadata);
  }

  String topic() {
    return watch.topic();
  }

  /** What waits for the brokers. */
  long waitingBytes() {
    return waiting.bytes();
  }

  /**
   * Does work that calls {@link #send} on a thread that may block: all records of a batch in one
   * go, since one thread hop for each would cost more than the records.
   */
  <T> Future<T> sending(Supplier<Future<T>> work) {
    return workers.executeBlocking(work::get).compose(sent -> sent);
  }

  /**
   * Completes when the brokers have the record: all replicas in sync. Blocks while the client does
   * not know the topic, for {@code kafka.timeout} at most.
   *
   * @return fails with the client's exception, or {@code UNAVAILABLE} where too much waits already
   */
  Future<Void> send(int partition, byte @Nullable [] key, byte[] value, List<Header> headers) {
    Promise<Void> sent = Promise.promise();
    try {
      waiting.acquire(value.length);
    } catch (LookoutException e) {
      return Future.failedFuture(e);
    }
    try {
      // What it returns says the same as the callback.
      var unused =
          stream
              .unwrap()
              .send(
                  new ProducerRecord<>(watch.topic(), partition, key, value, headers),
                  (metadata, failure) -> {
                    waiting.release(value.length);
                    if (failure == null) {
                      sent.complete();
                    } else {
                      sent.fail(failure);
                    }
                  });
    } catch (RuntimeException e) {
      // Closed, or interrupted: the client has not taken it and calls nobody back.
      waiting.release(value.length);
      sent.fail(e);
    }
    return sent.future();
  }

  Future<Void> close() {
    return stream.close().eventually(watch::close).eventually(workers::close);
  }
}
