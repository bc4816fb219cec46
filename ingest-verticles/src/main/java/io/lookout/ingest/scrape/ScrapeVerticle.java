package io.lookout.ingest.scrape;

import io.lookout.cluster.settings.HostPort;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.ingest.scrape.discovery.Sources;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.dns.DnsClientOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs the scrape loops of this node: those of the configuration, and the one of itself. */
public final class ScrapeVerticle extends VerticleBase {
  private static final long MEMBERS_MILLIS = 200;
  private static final long INTRODUCTION_MILLIS = 1000;

  private final ScrapeSettings settings;
  private final ScrapeContext surroundings;
  private final Future<HostPort> listening;
  private final Supplier<List<String>> members;
  private final String self;
  private final Promise<Scraper> running = Promise.promise();

  /**
   * @param self the name of this node
   * @param members all nodes that scrape
   * @param listening where this node serves its own metrics, as soon as it does
   */
  public ScrapeVerticle(
      ScrapeSettings settings,
      ScrapeContext surroundings,
      String self,
      Supplier<List<String>> members,
      Future<HostPort> listening) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.self = self;
    this.members = members;
    this.listening = listening;
  }

  /**
   * Fails where the configuration cannot be used. Does not wait for the first scrape: the server
   * listens only when all roles have started.
   */
  @Override
  public Future<?> start() {
    Sources sources = new Sources(vertx, dnsServer());
    Scraper scraper =
        new Scraper(vertx, surroundings, sources, settings.tenant(), Shares.alone(self));
    return jobs()
        .compose(jobs -> othersKnown().map(jobs))
        .compose(jobs -> {
          scraper.share(shares());
          return scraper.run(jobs);
        })
        .onSuccess(begun -> {
          vertx.setPeriodic(MEMBERS_MILLIS, id -> scraper.share(shares()));
          running.complete(scraper);
          if (settings.self()) {
            listening.onSuccess(where ->
                context.runOnContext(run -> scraper.runSelf(SelfTarget.job(settings, where))));
          }
        });
  }

  /** Gives the other members time to say that they are there: what is theirs is left to them. */
  private Future<?> othersKnown() {
    return vertx.isClustered() ? vertx.timer(INTRODUCTION_MILLIS) : Future.succeededFuture();
  }

  /** This node counts also while the others do not know it yet: nothing is lost in between. */
  private Shares shares() {
    List<String> known = members.get();
    return known.isEmpty() ? Shares.alone(self) : new Shares(self, known);
  }

  private Optional<DnsClientOptions> dnsServer() {
    if (settings.dnsServer().isEmpty()) {
      return Optional.empty();
    }
    HostPort server = HostPort.parse(settings.dnsServer());
    return Optional.of(new DnsClientOptions().setHost(server.host()).setPort(server.port()));
  }

  private Future<List<JobConfig>> jobs() {
    List<Path> paths = settings.configs().stream().map(Path::of).toList();
    return vertx.executeBlocking(() -> ScrapeConfigs.read(paths), false);
  }

  /**
   * Reads the configuration anew. Targets that stay are not disturbed; where the configuration
   * cannot be used, everything stays and the future fails. From any thread.
   */
  public Future<Void> reload() {
    return running
        .future()
        .compose(scraper ->
            Future.<Void>future(promise ->
                context.runOnContext(run ->
                    jobs()
                        .compose(scraper::run)
                        .onComplete(done -> surroundings.meters().reloaded(done.succeeded()))
                        .onComplete(promise))));
  }

  /** What is scraped here. From any thread. */
  public Future<TargetReport> report(TargetQuery query) {
    return running
        .future()
        .compose(scraper ->
            Future.<TargetReport>future(promise ->
                context.runOnContext(run -> promise.complete(TargetList.of(scraper, query)))));
  }

  @Override
  public Future<?> stop() {
    Scraper scraper = running.future().result();
    List<String> others = members.get().stream().filter(id -> !id.equals(self)).toList();
    return scraper == null ? Future.succeededFuture() : scraper.close(others.isEmpty());
  }
}
