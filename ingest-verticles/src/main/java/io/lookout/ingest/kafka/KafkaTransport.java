package io.lookout.ingest.kafka;

import io.lookout.cluster.kafka.KafkaFailure;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.ingest.route.BoundedSplit;
import io.lookout.ingest.route.Destination;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.route.Joined;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.lookout.model.bus.WriteResult.Rejection;
import io.lookout.model.bus.wire.WireForms;
import io.lookout.model.bytes.ByteWriter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * The router of {@code transport: kafka}: a batch goes to the partitions of its series and is
 * acknowledged when the brokers have it. A record is a write batch in the form in which the event
 * bus has it. Thread-safe.
 */
public final class KafkaTransport implements Destination {
  private final TopicWriter writer;
  private final InFlight inFlight;
  private final int recordSamples;

  private KafkaTransport(TopicWriter writer, InFlight inFlight, int recordSamples) {
    this.writer = writer;
    this.inFlight = inFlight;
    this.recordSamples = recordSamples;
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
          return new KafkaTransport(writer, inFlight, settings.recordSamples());
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
    return sendAll(BoundedSplit.of(batch, partitions, recordSamples), partitions)
        .onComplete(done -> inFlight.release(bytes));
  }

  private Future<WriteResult> sendAll(
      List<BoundedSplit.Part> parts, BoundedSplit.Places partitions) {
    List<Future<WriteResult>> answers = new ArrayList<>(parts.size());
    for (BoundedSplit.Part part : parts) {
      answers.add(send(part, partitions));
    }
    return Joined.of(answers);
  }

  private Future<WriteResult> send(BoundedSplit.Part part, BoundedSplit.Places partitions) {
    ByteWriter record = new ByteWriter(1 << 12);
    WireForms.writeBatch().encode(part.batch(), record);
    return writer
        .send(part.place(), null, record.toByteArray(), List.of())
        .map(done -> WriteResult.of(part.batch(), List.of()))
        .recover(failure -> failed(part, partitions, failure));
  }

  /** What is too large for the brokers goes in halves, down to single samples. */
  private Future<WriteResult> failed(
      BoundedSplit.Part part, BoundedSplit.Places partitions, Throwable failure) {
    int samples = part.batch().sampleCount();
    return switch (failure) {
      case LookoutException known -> Future.failedFuture(known);
      case RecordTooLargeException large when samples > 1 ->
          sendAll(BoundedSplit.of(part.batch(), partitions, (samples + 1) / 2), partitions);
      case RecordTooLargeException large ->
          Future.succeededFuture(new WriteResult(0, List.of(tooLarge(samples, large))));
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

  private static Rejection tooLarge(int samples, RecordTooLargeException failure) {
    return new Rejection(
        "too_large", samples, "a sample is too large for the topic: " + failure.getMessage());
  }

  /** Waits for what was sent. */
  public Future<Void> close() {
    return writer.close();
  }
}
