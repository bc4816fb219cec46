package io.lookout.ingest.scrape;

import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.pipeline.SeriesStage;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs the scrape loops of this node: for now, the one of its own metrics. */
public final class ScrapeVerticle extends VerticleBase {
  private static final Set<String> ANY_HOST = Set.of("0.0.0.0", "::", "[::]", "");

  private final ScrapeSettings settings;
  private final Clock clock;
  private final Intake intake;
  private final SeriesStage stages;
  private final StringPool strings;
  private final long seed;
  private final Future<HostPort> listening;
  private final List<ScrapeLoop> loops = new ArrayList<>();

  /**
   * @param listening where this node serves its own metrics, as soon as it does
   */
  public ScrapeVerticle(
      ScrapeSettings settings,
      Clock clock,
      Intake intake,
      SeriesStage stages,
      StringPool strings,
      long seed,
      Future<HostPort> listening) {
    this.settings = settings;
    this.clock = clock;
    this.intake = intake;
    this.stages = stages;
    this.strings = strings;
    this.seed = seed;
    this.listening = listening;
  }

  /** Does not wait for the first scrape: the server listens only when all roles have started. */
  @Override
  public Future<?> start() {
    if (settings.self()) {
      listening.onSuccess(where -> context.runOnContext(run -> add(self(settings, where))));
    }
    return Future.succeededFuture();
  }

  private void add(Target target) {
    Fetcher fetcher = new Fetcher(vertx.createHttpClient());
    ScrapeLoop loop = new ScrapeLoop(vertx, clock, target, fetcher, intake, stages, strings, seed);
    loops.add(loop);
    loop.start();
  }

  static Target self(ScrapeSettings settings, HostPort listening) {
    String host = ANY_HOST.contains(listening.host()) ? "localhost" : listening.host();
    String instance = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + listening.port();
    Duration timeout =
        settings.timeout().compareTo(settings.interval()) < 0
            ? settings.timeout()
            : settings.interval();
    return new Target(
        URI.create("http://" + instance + "/metrics"),
        SeriesKey.ANONYMOUS,
        Labels.of("job", "lookout", "instance", instance),
        settings.interval(),
        timeout,
        (int) Math.min(settings.bodyLimit().bytes(), Integer.MAX_VALUE - 16));
  }

  @Override
  public Future<?> stop() {
    return Future.join(loops.stream().map(ScrapeLoop::stop).toList());
  }
}
