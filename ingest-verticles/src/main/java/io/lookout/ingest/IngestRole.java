package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.Role;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.cluster.limits.LimitSettings;
import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Settings;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.graphite.GraphiteSettings;
import io.lookout.ingest.http.Answers;
import io.lookout.ingest.http.BodyReader;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.kafka.KafkaExportSettings;
import io.lookout.ingest.kafka.KafkaSource;
import io.lookout.ingest.kafka.KafkaSourceSettings;
import io.lookout.ingest.metricbeat.MetricbeatSettings;
import io.lookout.ingest.openfalcon.OpenFalconSettings;
import io.lookout.ingest.opentsdb.TelnetSettings;
import io.lookout.ingest.otlp.OtlpSettings;
import io.lookout.ingest.plugin.PluginSettings;
import io.lookout.ingest.relabel.RelabelSettings;
import io.lookout.ingest.relay.RelaySettings;
import io.lookout.ingest.remotewrite.DecoderPool;
import io.lookout.ingest.remotewrite.RemoteWriteDecoder;
import io.lookout.ingest.remotewrite.RemoteWriteEndpoint;
import io.lookout.ingest.replica.ReplicaSettings;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.scrape.ScrapeSettings;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.ingest.sofalookout.PollSettings;
import io.lookout.ingest.sofalookout.PollVerticle;
import io.lookout.ingest.sofalookout.Poller;
import io.lookout.ingest.sofalookout.SofaLookoutSettings;
import io.lookout.ingest.tap.TapSettings;
import io.lookout.ingest.tcp.TcpSettings;
import io.lookout.model.series.SeriesCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node takes samples: over HTTP, and by fetching them. */
public final class IngestRole implements Role {
  /** How often a node that stops looks whether anything is in flight. */
  private static final long DRAIN_MILLIS = 20;

  private @Nullable Running running;

  /** What {@link #stop} has to take down. */
  private record Running(
      Vertx vertx,
      WorkerExecutor workers,
      long sweep,
      Scraping scraping,
      Supplier<Future<Void>> polling,
      TcpProtocols tcp,
      Supplier<Future<Void>> source,
      InFlight inFlight,
      Duration patience,
      Pipeline pipeline,
      Outlets outlets) {
    /** Waits for what is in flight, and not longer than its senders would. */
    Future<Void> drained(long waitedMillis) {
      if (inFlight.bytes() == 0 || waitedMillis >= patience.toMillis()) {
        return Future.succeededFuture();
      }
      return vertx
          .timer(DRAIN_MILLIS, TimeUnit.MILLISECONDS)
          .compose(tick -> drained(waitedMillis + DRAIN_MILLIS));
    }
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public List<Class<? extends Record>> settings() {
    return List.of(
        IngestSettings.class,
        LimitSettings.class,
        ScrapeSettings.class,
        RelaySettings.class,
        RelabelSettings.class,
        ReplicaSettings.class,
        PluginSettings.class,
        TapSettings.class,
        OtlpSettings.class,
        TcpSettings.class,
        GraphiteSettings.class,
        TelnetSettings.class,
        SofaLookoutSettings.class,
        PollSettings.class,
        OpenFalconSettings.class,
        MetricbeatSettings.class,
        KafkaSettings.class,
        TransportSettings.class,
        KafkaExportSettings.class,
        KafkaSourceSettings.class);
  }

  @Override
  public boolean keepsData(Settings settings) {
    return settings.of(RelaySettings.class).isOn() || settings.of(KafkaExportSettings.class).isOn();
  }

  @Override
  public Future<Void> start(Node node) {
    InFlight inFlight =
        new InFlight(node.settings().of(IngestSettings.class).inFlightBytes().bytes());
    return Pipeline.open(node)
        .compose(pipeline ->
            Outlets.open(node, inFlight)
                .compose(outlets -> start(node, pipeline, inFlight, outlets))
                .recover(
                    failure -> pipeline.close().transform(closed -> Future.failedFuture(failure))));
  }

  private Future<Void> start(Node node, Pipeline pipeline, InFlight inFlight, Outlets outlets) {
    IngestSettings settings = node.settings().of(IngestSettings.class);
    long seed = new SecureRandom().nextLong();
    SeriesIndex index =
        new SeriesIndex(
            new SeriesCache(settings.seriesCache()),
            new StringPool(),
            new SeriesAdmission(pipeline.series()),
            seed);
    IntakeMeters meters = new IntakeMeters(node.meters());
    gauges(node.meters(), index.cache(), inFlight);
    Intake intake = pipeline.intake(outlets.destination(), meters);
    WorkerExecutor workers =
        node.vertx().createSharedWorkerExecutor("lookout-ingest", settings.workers());
    remoteWrite(node, settings, index, inFlight, intake, meters, workers);
    new PushProtocols(node, settings, index, inFlight, intake, meters, workers).mount();
    long sweep =
        node.vertx()
            .setPeriodic(
                settings.seriesIdle().toMillis(),
                id -> {
                  index.forgetUnused();
                  pipeline.forgetIdle();
                });
    TcpProtocols.Parts parts =
        new TcpProtocols.Parts(
            node, PushProtocols.batches(settings, index), inFlight, intake, meters, workers);
    Future<TcpProtocols> tcp = TcpProtocols.start(parts);
    Future<Supplier<Future<Void>>> source =
        KafkaSource.deploy(node, index, decodeLimits(settings), intake, meters);
    return Future.join(tcp, source)
        .compose(opened ->
            Scraping.start(node, intake, pipeline.series(), index.strings(), workers, seed))
        .compose(scraping ->
            polling(parts, settings, scraping)
                .onSuccess(polling ->
                    running =
                        new Running(
                            node.vertx(),
                            workers,
                            sweep,
                            scraping,
                            polling,
                            tcp.result(),
                            source.result(),
                            inFlight,
                            settings.writeTimeout(),
                            pipeline,
                            outlets)))
        .mapEmpty();
  }

  /** SOFALookout's clients, where there are some to poll; returns what ends it. */
  private static Future<Supplier<Future<Void>>> polling(
      TcpProtocols.Parts parts, IngestSettings settings, Scraping scraping) {
    Node node = parts.node();
    PollSettings polls = node.settings().of(PollSettings.class);
    if (polls.targets().isEmpty()) {
      return Future.succeededFuture(Future::succeededFuture);
    }
    Poller.Parts shared =
        new Poller.Parts(
            parts.batches(),
            parts.intake(),
            parts.meters(),
            node.meters(),
            parts.workers(),
            settings.decompressedLimit().bytes());
    return node.vertx()
        .deployVerticle(new PollVerticle(polls, shared, node.id(), scraping.members()::names))
        .map(id -> () -> node.vertx().undeploy(id).mapEmpty());
  }

  @Override
  public Future<Void> reload() {
    Running now = running;
    return now == null ? Future.succeededFuture() : now.scraping().reload();
  }

  /** Where protocols over bare TCP are listened for, by the settings that hold the addresses. */
  public Map<String, HostPort> listening() {
    Running now = running;
    return now == null ? Map.of() : now.tcp().addresses();
  }

  private static void remoteWrite(
      Node node,
      IngestSettings settings,
      SeriesIndex index,
      InFlight inFlight,
      Intake intake,
      IntakeMeters meters,
      WorkerExecutor workers) {
    DecodeLimits limits = decodeLimits(settings);
    DecoderPool pool = new DecoderPool(workers, () -> new RemoteWriteDecoder(index, limits));
    int inline = (int) Math.min(settings.inlineLimit().bytes(), Integer.MAX_VALUE);
    node.http()
        .addIngest(() ->
            new RemoteWriteEndpoint(
                new BodyReader(
                    node.vertx(), inFlight, settings.bodyLimit().bytes(), settings.bodyTimeout()),
                pool,
                inline,
                intake,
                meters,
                new Answers(node.vertx())));
  }

  private static DecodeLimits decodeLimits(IngestSettings settings) {
    return new DecodeLimits((int) settings.decompressedLimit().bytes(), settings.requestEntries());
  }

  private static void gauges(MeterRegistry registry, SeriesCache cache, InFlight inFlight) {
    Gauge.builder("lookout.ingest.inflight.bytes", inFlight, InFlight::bytes)
        .description("Bytes taken from senders and not yet answered for")
        .register(registry);
    Gauge.builder("lookout.ingest.series.cache.entries", cache, SeriesCache::size)
        .description("Series whose labels are remembered")
        .register(registry);
  }

  @Override
  public Future<Void> stop() {
    Running now = running;
    if (now == null) {
      return Future.succeededFuture();
    }
    running = null;
    now.vertx().cancelTimer(now.sweep());
    return now.tcp()
        .stop()
        .compose(done -> now.polling().get())
        .compose(done -> now.scraping().stop())
        .compose(done -> now.source().get())
        .compose(done -> now.drained(0))
        .compose(done -> now.workers().close())
        .compose(done -> now.outlets().close())
        .compose(done -> now.pipeline().close());
  }
}
