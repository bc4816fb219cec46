package io.lookout.ingest.scrape;

import io.lookout.ingest.scrape.config.JobConfig;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that jobs name in {@code scrape_failure_log_file}: each is open once, however many jobs
 * share it. Stays on one context.
 */
final class FailureLogs {
  private final Vertx vertx;
  private final Clock clock;
  private final ScrapeMeters meters;
  private Map<Path, FailureLog> open = Map.of();

  FailureLogs(Vertx vertx, Clock clock, ScrapeMeters meters) {
    this.vertx = vertx;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Opens the files of these jobs, also those that are open already: one that somebody has renamed
   * begins anew. Where one cannot be opened, this fails and everything stays.
   */
  Future<Void> open(List<JobConfig> jobs) {
    Set<Path> wanted =
        jobs.stream().flatMap(job -> job.failureLog().stream()).collect(Collectors.toSet());
    return vertx
        .executeBlocking(() -> opened(wanted), true)
        .compose(opened -> {
          Map<Path, FailureLog> before = open;
          open = opened;
          return close(before);
        });
  }

  private static Map<Path, FailureLog> opened(Set<Path> wanted) throws IOException {
    Map<Path, FailureLog> opened = new HashMap<>();
    for (Path path : wanted) {
      try {
        opened.put(path, FailureLog.open(path));
      } catch (IOException e) {
        for (FailureLog each : opened.values()) {
          each.closeNow();
        }
        throw new LookoutException(
            ErrorCode.BAD_DATA, "cannot open scrape_failure_log_file " + path + ": " + e, e);
      }
    }
    return opened;
  }

  /** A target of this job is down. */
  void add(JobConfig job, Target target, String problem) {
    @Nullable FailureLog log = job.failureLog().map(open::get).orElse(null);
    if (log != null) {
      log.add(vertx, clock.instant(), target, problem, meters);
    }
  }

  private Future<Void> close(Map<Path, FailureLog> logs) {
    return Future.join(logs.values().stream().map(log -> log.close(vertx)).toList()).mapEmpty();
  }

  Future<Void> close() {
    Map<Path, FailureLog> before = open;
    open = Map.of();
    return close(before);
  }
}
