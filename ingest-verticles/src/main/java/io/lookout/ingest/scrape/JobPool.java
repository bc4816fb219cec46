package io.lookout.ingest.scrape;

import com.dynatrace.hash4j.hashing.Hashing;
import io.lookout.ingest.scrape.TargetMaker.Made;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.ingest.scrape.discovery.Sources;
import io.lookout.ingest.scrape.discovery.TargetSource;
import io.lookout.ingest.scrape.fetch.Fetcher;
import io.lookout.model.Labels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The targets of one job: those that are scraped here, and what was dropped. Follows discovery and
 * the members of the cluster; a target that stays keeps its loop. Stays on one context.
 */
final class JobPool {
  private static final Logger LOG = LoggerFactory.getLogger(JobPool.class);

  private final Vertx vertx;
  private final ScrapeContext surroundings;
  private final FailureLogs failures;
  private final String tenant;
  private final Fetcher fetcher;
  private final Map<TargetSource, Optional<List<TargetGroup>>> found = new LinkedHashMap<>();
  private final Map<String, ScrapeLoop> loops = new HashMap<>();
  private final Map<String, ScrapeLoop> inherited = new HashMap<>();
  private final List<Labels> dropped = new ArrayList<>();
  private final List<Future<Void>> stopping = new ArrayList<>();
  private JobConfig job;
  private TargetMaker maker;
  private Shares shares;
  private int droppedCount;
  private String problem = "";
  private boolean closed;

  JobPool(
      Vertx vertx,
      ScrapeContext surroundings,
      FailureLogs failures,
      JobConfig job,
      String tenant,
      Shares shares) {
    this.vertx = vertx;
    this.surroundings = surroundings;
    this.failures = failures;
    this.job = job;
    this.tenant = tenant;
    this.shares = shares;
    this.maker = new TargetMaker(job, tenant);
    this.fetcher = new Fetcher(vertx, job.request().access());
  }

  JobConfig job() {
    return job;
  }

  Collection<ScrapeLoop> loops() {
    return loops.values();
  }

  List<Labels> dropped() {
    return dropped;
  }

  int droppedCount() {
    return droppedCount;
  }

  /** Targets of an owner that this node does not scrape are dropped by one node only. */
  boolean tellsDropped() {
    return shares.isMine(job.name());
  }

  /** The job of the node's own metrics, which no configuration names. */
  boolean isOfTheNode() {
    return job.source().isEmpty();
  }

  /** Whether a changed job differs from this one in its targets at most. */
  boolean follows(JobConfig changed) {
    return !isOfTheNode() && changed.source().equals(job.source());
  }

  /**
   * Stops; another pool goes on with what was scraped here.
   *
   * @return the loops, by the places of their targets
   */
  Map<String, ScrapeLoop> retire() {
    Map<String, ScrapeLoop> left = new HashMap<>(inherited);
    loops.values().forEach(loop -> left.put(loop.target().place(), loop));
    close(false);
    return left;
  }

  /** What a retired pool has scraped: targets that are not there any more get their markers. */
  void inherit(Map<String, ScrapeLoop> left) {
    inherited.putAll(left);
  }

  /** Looks for the targets of the job. Loops of targets that are found again are not disturbed. */
  void start(JobConfig changed, Sources sources) {
    job = changed;
    maker = new TargetMaker(changed, tenant);
    found.keySet().forEach(TargetSource::stop);
    found.clear();
    List<TargetSource> opened = changed.discoveries().stream().map(sources::open).toList();
    // All are known before the first speaks: what others may still name is not stopped yet.
    opened.forEach(source -> found.put(source, Optional.empty()));
    opened.forEach(source ->
        source.start(groups -> {
          found.replace(source, Optional.of(groups));
          synchronise();
        }));
    synchronise();
  }

  /** The members of the cluster have changed. */
  void share(Shares now) {
    if (!now.equals(shares)) {
      shares = now;
      synchronise();
    }
  }

  private void synchronise() {
    if (closed) {
      return;
    }
    Map<String, Target> wanted = wanted();
    boolean allHeard = found.values().stream().allMatch(Optional::isPresent);
    for (String identity : List.copyOf(loops.keySet())) {
      boolean unwanted = allHeard && !wanted.containsKey(identity);
      if (unwanted || !shares.isMine(identity)) {
        stop(identity, unwanted);
      }
    }
    if (allHeard) {
      wanted.values().forEach(target -> inherited.remove(target.place()));
      endInherited();
    }
    wanted.forEach((identity, target) -> {
      if (!loops.containsKey(identity) && shares.isMine(identity)) {
        begin(identity, target);
      }
    });
    force(wanted.size());
  }

  /** Too many targets are all down, without being asked. */
  private void force(int targets) {
    int limit = job.limits().targets();
    String problem =
        limit == 0 || targets <= limit
            ? ""
            : "target_limit exceeded (number of targets: " + targets + ", limit: " + limit + ")";
    loops.values().forEach(loop -> loop.force(problem));
  }

  private void endInherited() {
    inherited.values().forEach(loop -> stopping.add(loop.stop(true)));
    inherited.clear();
  }

  /** Every target of the job, also those that other nodes scrape. */
  private Map<String, Target> wanted() {
    Map<String, Target> wanted = new LinkedHashMap<>();
    dropped.clear();
    droppedCount = 0;
    String wrong = "";
    for (Optional<List<TargetGroup>> groups : found.values()) {
      for (TargetGroup group : groups.orElse(List.of())) {
        for (Labels each : group.targets()) {
          switch (maker.make(each, group.labels())) {
            case Made.Active(var target) -> wanted.putIfAbsent(target.identity(), target);
            case Made.Dropped(var labels) -> drop(labels);
            case Made.Wrong(var labels, var message) -> wrong = message;
          }
        }
      }
    }
    complain(wrong.isEmpty() ? "" : "a target is left out: " + wrong);
    return wanted;
  }

  private void drop(Labels labels) {
    droppedCount++;
    int limit = job.limits().keptDroppedTargets();
    if (limit == 0 || dropped.size() < limit) {
      dropped.add(labels);
    }
  }

  private void complain(String now) {
    if (!now.equals(problem) && !now.isEmpty()) {
      LOG.warn("Job {}: {}", job.name(), now);
    }
    problem = now;
  }

  private void begin(String identity, Target target) {
    ScrapeLoop loop =
        new ScrapeLoop(
            vertx,
            surroundings,
            target,
            job,
            fetcher,
            problem -> failures.add(job, target, problem));
    loops.put(identity, loop);
    loop.start(delay(identity, target));
  }

  /** Spreads the targets over their interval, the same target always to the same moment. */
  private long delay(String identity, Target target) {
    if (isOfTheNode()) {
      return 0;
    }
    long interval = target.interval().toMillis();
    long offset = Long.remainderUnsigned(Hashing.xxh3_64().hashCharsToLong(identity), interval);
    long now = surroundings.clock().millis();
    return Math.floorMod(offset - now, interval);
  }

  private void stop(String identity, boolean gone) {
    @Nullable ScrapeLoop loop = loops.remove(identity);
    if (loop != null) {
      stopping.removeIf(Future::isComplete);
      stopping.add(loop.stop(gone));
    }
  }

  /**
   * Stops everything.
   *
   * @param gone whether nobody goes on with these targets
   */
  Future<Void> close(boolean gone) {
    closed = true;
    found.keySet().forEach(TargetSource::stop);
    List.copyOf(loops.keySet()).forEach(identity -> stop(identity, gone));
    if (gone) {
      endInherited();
    }
    return Future.join(stopping).<Void>mapEmpty().otherwiseEmpty().onComplete(d -> fetcher.close());
  }
}
