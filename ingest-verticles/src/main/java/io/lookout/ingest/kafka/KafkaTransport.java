package io.lookout.ingest.kafka;

import io.lookout.cluster.kafka.KafkaFailure;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.ingest.route.BoundedSplit;
import io.lookout.ingest.route.Destination;
import io.lookout.ingest.route.Halves;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.route.Joined;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.bus.WriteResult.Rejection;
import io.lookout.model.bus.wire.BatchRecordEncoder;
import io.lookout.model.bus.wire.LabelBytes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router of {@code transport: kafka}: a batch goes to the partitions of its series and is
 * acknowledged when the brokers have it. Thread-safe.
 */
public final class KafkaTransport implements Destination {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTransport.class);
  private static final long LABELS_IDLE_MILLIS = TimeUnit.MINUTES.toMillis(15);

  private final TopicWriter writer;
  private final InFlight inFlight;
  private final int recordSamples;
  private final LabelBytes labels;
  private final Runnable endOfSweep;

  private KafkaTransport(
      Vertx vertx, TopicWriter writer, InFlight inFlight, TransportSettings settings) {
    this.writer = writer;
    this.inFlight = inFlight;
    this.recordSamples = settings.recordSamples();
    this.labels = new LabelBytes(settings.seriesCache());
    long sweep = vertx.setPeriodic(LABELS_IDLE_MILLIS, swept -> labels.forgetUnused());
    this.endOfSweep = () -> vertx.cancelTimer(sweep);
  }

  /**
   * Begins to look for the topic: until it is found, writes fail with {@code UNAVAILABLE}.
   *
   * @param inFlight of the node
   */
  public static Future<KafkaTransport> open(
      Vertx vertx,
      KafkaSettings kafka,
      TransportSettings settings,
      InFlight inFlight,
      MeterRegistry registry) {
    String compression = settings.compression().name().toLowerCase(Locale.ROOT);
    return TopicWriter.open(vertx, kafka.neededFor("transport=kafka"), settings.spec(), compression)
        .map(writer -> {
          Gauge.builder("lookout.kafka.transport.buffer.bytes", writer, TopicWriter::waitingBytes)
              .description("Records for the shards that wait for the brokers")
              .register(registry);
          return new KafkaTransport(vertx, writer, inFlight, settings);
        });
  }

  @Override
  public Future<WriteResult> write(WriteBatch batch) {
    long bytes = batch.estimatedBytes();
    BoundedSplit.Places partitions;
    try {
      partitions = writer.partitions(false);
      inFlight.acquire(bytes);
    } catch (LookoutException e) {
      return Future.failedFuture(e);
    }
    return sendAll(() -> BoundedSplit.of(batch, partitions, recordSamples))
        .onComplete(done -> inFlight.release(bytes));
  }

  private Future<WriteResult> sendAll(Supplier<List<BoundedSplit.Part>> parts) {
    return writer.sending(() -> {
      BatchRecordEncoder encoder = new BatchRecordEncoder(labels);
      List<Future<WriteResult>> answers = new ArrayList<>();
      for (BoundedSplit.Part part : parts.get()) {
        answers.add(send(part.place(), part.batch(), encoder));
        if (answers.getLast().failed()) {
          // Its sender will send all of it again; and each may have to wait for the brokers.
          break;
        }
      }
      return Joined.of(answers);
    });
  }

  private Future<WriteResult> send(int partition, WriteBatch batch, BatchRecordEncoder encoder) {
    return writer
        .send(partition, null, encoder.encode(batch), List.of())
        .map(done -> WriteResult.of(batch, List.of()))
        .recover(failure -> failed(partition, batch, failure));
  }

  private Future<WriteResult> failed(int partition, WriteBatch batch, Throwable failure) {
    return switch (failure) {
      case LookoutException known -> Future.failedFuture(known);
      case RecordTooLargeException large -> smaller(partition, batch, large);
      default ->
          Future.failedFuture(
              new LookoutException(
                  ErrorCode.UNAVAILABLE,
                  "Kafka has not taken a record of topic "
                      + writer.topic()
                      + " in time: "
                      + KafkaFailure.text(failure),
                  failure));
    };
  }

  /** What is too large for the brokers goes in halves, down to single samples. */
  private Future<WriteResult> smaller(
      int partition, WriteBatch batch, RecordTooLargeException failure) {
    List<WriteBatch> halves = Halves.of(batch);
    if (!halves.isEmpty()) {
      return sendAll(
          () -> halves.stream().map(half -> new BoundedSplit.Part(partition, half)).toList());
    }
    if (batch.sampleCount() == 0) {
      LOG.warn(
          "An exemplar or the description of a metric is too large for topic {} and is left out: {}",
          writer.topic(),
          failure.getMessage());
      return Future.succeededFuture(WriteResult.NOTHING);
    }
    return Future.succeededFuture(
        new WriteResult(0, List.of(tooLarge(batch.sampleCount(), failure))));
  }

  private static Rejection tooLarge(int samples, RecordTooLargeException failure) {
    return new Rejection(
        "too_large", samples, "a sample is too large for the topic: " + failure.getMessage());
  }

  /** Waits for what was sent. */
  public Future<Void> close() {
    endOfSweep.run();
    return writer.close();
  }
}
