package io.lookout.ingest.kafka;

import io.lookout.cluster.Node;
import io.lookout.cluster.kafka.ClientConfig;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.RecordFeed;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads samples from topics that others write, as one more protocol of the intake. An offset is
 * committed when the samples of its record are durable, or were counted as refused: what makes no
 * sense never holds up what comes behind it. Records are decoded on its thread: for a worker.
 */
public final class KafkaSource extends VerticleBase {
  static final String PROTOCOL = "kafka";

  private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);

  private final Node node;
  private final KafkaSourceSettings settings;
  private final RecordDecoder decoder;
  private final Intake intake;
  private final IntakeMeters meters;
  private @Nullable RecordFeed feed;
  private boolean told;

  private KafkaSource(
      Node node,
      KafkaSourceSettings settings,
      RecordDecoder decoder,
      Intake intake,
      IntakeMeters meters) {
    this.node = node;
    this.settings = settings;
    this.decoder = decoder;
    this.intake = intake;
    this.meters = meters;
  }

  /** Deploys it where topics are set; how it is ended. */
  public static Future<Supplier<Future<Void>>> deploy(
      Node node, SeriesIndex index, DecodeLimits limits, Intake intake, IntakeMeters meters) {
    KafkaSourceSettings settings = node.settings().of(KafkaSourceSettings.class);
    if (!settings.isOn()) {
      return Future.succeededFuture(Future::succeededFuture);
    }
    RecordDecoder decoder = new RecordDecoder(index, limits, settings);
    return node.vertx()
        .deployVerticle(
            new KafkaSource(node, settings, decoder, intake, meters),
            new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
        .map(id -> () -> node.vertx().undeploy(id));
  }

  @Override
  public Future<?> start() {
    KafkaSettings kafka = node.settings().of(KafkaSettings.class).neededFor("kafka.source.topics");
    Map<String, Object> config =
        ClientConfig.consumer(
            kafka, settings.group(), node.id(), settings.from().name().toLowerCase(Locale.ROOT));
    RecordFeed.Reading reading =
        new RecordFeed.Reading("source", config, Set.copyOf(settings.topics()));
    return RecordFeed.open(vertx, kafka, reading, this::take, node.meters())
        .compose(opened -> {
          feed = opened;
          return opened.begin();
        });
  }

  @Override
  public Future<?> stop() {
    return feed == null ? Future.succeededFuture() : feed.stop();
  }

  private Future<Void> take(ConsumerRecord<byte[], byte[]> record) {
    Decoded decoded;
    try {
      decoded = decoder.decode(record.headers(), record.value());
    } catch (LookoutException e) {
      return refused(record, e);
    } catch (RuntimeException e) {
      LOG.error("A record of Kafka was not expected: {}", place(record), e);
      meters.rejected(PROTOCOL, Reason.MALFORMED.label(), 1);
      return Future.succeededFuture();
    }
    return intake
        .offer(PROTOCOL, decoded.batch(), decoded.rejections())
        .onSuccess(written -> meters.series(decoded.series(), decoded.newSeries()))
        .<Void>mapEmpty()
        .recover(failure ->
            failure instanceof LookoutException known && isFinal(known.code())
                ? refused(record, known)
                : Future.failedFuture(failure));
  }

  /** What would be refused again, however often it is tried. */
  private static boolean isFinal(ErrorCode code) {
    return code == ErrorCode.BAD_DATA
        || code == ErrorCode.TOO_LARGE
        || code == ErrorCode.UNSUPPORTED_MEDIA_TYPE;
  }

  /** Counted each time, told of the first: others may write a great many. */
  private Future<Void> refused(ConsumerRecord<byte[], byte[]> record, LookoutException why) {
    meters.refused(PROTOCOL, why);
    if (!told) {
      told = true;
      LOG.warn(
          "{} is skipped: {}. Further ones are counted in"
              + " lookout_ingest_rejected_samples_total",
          place(record),
          why.getMessage());
    }
    return Future.succeededFuture();
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return "Topic "
        + record.topic()
        + ", partition "
        + record.partition()
        + ", offset "
        + record.offset();
  }
}
