package io.lookout.ingest.scrape;

import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.discovery.Sources;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs of a node: begins, changes and ends them. Stays on one context. */
public final class Scraper {
  private final Vertx vertx;
  private final ScrapeContext surroundings;
  private final Sources sources;
  private final String tenant;
  private final FailureLogs failures;
  private final Map<String, JobPool> pools = new LinkedHashMap<>();
  private Shares shares;

  Scraper(Vertx vertx, ScrapeContext surroundings, Sources sources, String tenant, Shares shares) {
    this.vertx = vertx;
    this.surroundings = surroundings;
    this.sources = sources;
    this.tenant = tenant;
    this.shares = shares;
    this.failures = new FailureLogs(vertx, surroundings.clock(), surroundings.meters());
  }

  Collection<JobPool> pools() {
    return pools.values();
  }

  /**
   * These jobs and no others, but for the one of the node itself. Where one of their files cannot
   * be opened, this fails and everything stays.
   */
  Future<Void> run(List<JobConfig> jobs) {
    return failures.open(jobs).onSuccess(opened -> begin(jobs));
  }

  private void begin(List<JobConfig> jobs) {
    Map<String, JobConfig> wanted = new LinkedHashMap<>();
    jobs.forEach(job -> wanted.put(job.name(), job));
    for (String name : List.copyOf(pools.keySet())) {
      JobPool pool = pools.get(name);
      if (pool != null && !pool.isOfTheNode() && !wanted.containsKey(name)) {
        pool.close(true);
        pools.remove(name);
      }
    }
    wanted.values().forEach(this::run);
  }

  private void run(JobConfig job) {
    @Nullable JobPool pool = pools.get(job.name());
    if (pool != null && pool.follows(job)) {
      pool.start(job, sources);
      return;
    }
    begin(job, shares, pool == null ? Map.of() : pool.retire());
  }

  private void begin(JobConfig job, Shares ofWhom, Map<String, ScrapeLoop> left) {
    JobPool begun = new JobPool(vertx, surroundings, failures, job, tenant, ofWhom);
    begun.inherit(left);
    pools.put(job.name(), begun);
    begun.start(job, sources);
  }

  /**
   * The node itself is scraped by nobody else. A job of the same name in the configuration wins.
   */
  void runSelf(JobConfig job) {
    if (!pools.containsKey(job.name())) {
      begin(job, Shares.alone(shares.self()), Map.of());
    }
  }

  /** The members of the cluster may have changed. */
  void share(Shares now) {
    shares = now;
    pools.values().stream().filter(pool -> !pool.isOfTheNode()).forEach(pool -> pool.share(now));
  }

  /**
   * Ends all jobs.
   *
   * @param gone whether no other node goes on with their targets
   */
  Future<Void> close(boolean gone) {
    List<Future<Void>> closing = new ArrayList<>();
    pools.values().forEach(pool -> closing.add(pool.close(gone || pool.isOfTheNode())));
    return Future.join(closing).eventually(failures::close).mapEmpty();
  }
}
