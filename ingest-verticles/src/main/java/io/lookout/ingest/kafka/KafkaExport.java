package io.lookout.ingest.kafka;

import io.lookout.cluster.kafka.KafkaFailure;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.ingest.relay.Answer;
import io.lookout.ingest.relay.Relay;
import io.lookout.ingest.relay.RequestForm;
import io.lookout.ingest.relay.Target;
import io.lookout.ingest.route.BoundedSplit;
import io.lookout.ingest.route.Destination;
import io.lookout.ingest.route.Halves;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.xerial.snappy.Snappy;

/**
 * Writes accepted samples to a topic for others to read. They wait on disk until the brokers have
 * them: a batch counts as durable here as soon as the operating system has it, and brokers that are
 * away stop nobody until the disk queue is full.
 *
 * <p>A record is the body of a remote write request, with its headers as the record's; its key is
 * the number of its partition.
 */
public final class KafkaExport implements Destination {
  private final TopicWriter writer;
  private final Relay queues;

  private KafkaExport(TopicWriter writer, Relay queues) {
    this.writer = writer;
    this.queues = queues;
  }

  /**
   * Goes on sending what the queues of this node hold.
   *
   * @param data the directory of the node's data
   */
  public static Future<KafkaExport> start(
      Vertx vertx,
      KafkaSettings kafka,
      KafkaExportSettings settings,
      Path data,
      MeterRegistry registry) {
    // Records are compressed one by one, as those who read remote write expect it.
    return TopicWriter.open(vertx, kafka.neededFor("kafka.export.topic"), settings.spec(), "none")
        .compose(writer ->
            Relay.start(
                    vertx,
                    settings.queueOptions(data),
                    new Topic(writer, RequestForm.of(settings.version())),
                    registry)
                .map(queues -> new KafkaExport(writer, queues)));
  }

  @Override
  public Future<WriteResult> write(WriteBatch batch) {
    return queues.write(batch);
  }

  /** What the brokers do not have yet stays on disk for the next start. */
  public Future<Void> stop() {
    return queues.stop().eventually(writer::close);
  }

  /** The topic as a target of the queues. */
  private record Topic(TopicWriter writer, RequestForm form) implements Target {
    @Override
    public Delivery delivery(WriteBatch batch) {
      return () ->
          sendAll(() -> BoundedSplit.of(batch, writer.partitions(true), Integer.MAX_VALUE))
              .<Answer>map(done -> new Answer.Taken())
              .otherwise(Topic::answer);
    }

    /** All parts, or none that counts: equal samples that come twice are one to their readers. */
    private Future<Void> sendAll(Supplier<List<BoundedSplit.Part>> parts) {
      return writer.sending(() -> {
        List<Future<Void>> sent = new ArrayList<>();
        for (BoundedSplit.Part part : parts.get()) {
          sent.add(send(part));
          if (sent.getLast().failed()) {
            // All of it is sent again; and each may have to wait for the brokers.
            break;
          }
        }
        return Future.join(sent)
            .<Void>mapEmpty()
            .recover(first -> Future.failedFuture(mostPassing(sent, first)));
      });
    }

    /** A part that the brokers may take later has the whole sent again, whatever the others had. */
    private static Throwable mostPassing(List<Future<Void>> sent, Throwable first) {
      return sent.stream()
          .filter(Future::failed)
          .map(Future::cause)
          .filter(cause -> !(cause instanceof RecordTooLargeException))
          .findFirst()
          .orElse(first);
    }

    private Future<Void> send(BoundedSplit.Part part) {
      return writer
          .send(part.place(), key(part.place()), body(part.batch()), headers(part.batch()))
          .recover(failure ->
              failure instanceof RecordTooLargeException
                      && (part.batch().sampleCount() > 1 || !Halves.of(part.batch()).isEmpty())
                  ? sendAll(() -> smaller(part))
                  : Future.failedFuture(failure));
    }

    /** Version 2.0 has metadata with each series, and so the less of it the fewer series. */
    private List<BoundedSplit.Part> smaller(BoundedSplit.Part part) {
      int samples = part.batch().sampleCount();
      return samples > 1 && form.version().startsWith("2")
          ? BoundedSplit.of(part.batch(), writer.partitions(true), (samples + 1) / 2)
          : Halves.of(part.batch()).stream()
              .map(half -> new BoundedSplit.Part(part.place(), half))
              .toList();
    }

    private static byte[] key(int partition) {
      return Integer.toString(partition).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] body(WriteBatch batch) {
      try {
        return Snappy.compress(form.message(List.of(batch)).toByteArray());
      } catch (IOException e) {
        throw new IllegalStateException("bytes in memory cannot be compressed", e);
      }
    }

    private List<Header> headers(WriteBatch batch) {
      return List.of(
          header(RecordHeaders.CONTENT_TYPE, form.contentType()),
          header(RecordHeaders.CONTENT_ENCODING, "snappy"),
          header(RecordHeaders.VERSION, form.version()),
          header(RecordHeaders.TENANT, batch.tenant()));
    }

    private static Header header(String name, String value) {
      return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer answer(Throwable failure) {
      return switch (failure) {
        case RecordTooLargeException large ->
            new Answer.Refused("takes no record so large: " + large.getMessage());
        case LookoutException known -> new Answer.Later(String.valueOf(known.getMessage()), 0);
        default -> new Answer.Later("cannot be reached: " + KafkaFailure.text(failure), 0);
      };
    }
  }
}
