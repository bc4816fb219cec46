package io.lookout.model.bus;

import io.lookout.model.Labels;
import java.util.List;

/**
 * The answer to a {@link TargetQuery}: what this node scrapes. A job that several nodes share is
 * named by each of them, its dropped targets by one.
 *
 * @param pools the names of the jobs, in the order of the configuration
 */
public record TargetReport(List<String> pools, List<Active> active, List<Dropped> dropped) {
  public TargetReport {
    pools = List.copyOf(pools);
    active = List.copyOf(active);
    dropped = List.copyOf(dropped);
  }

  /**
   * A target that is scraped.
   *
   * @param discovered labels before relabelling
   * @param lastScrape ms; 0 before the first
   * @param interval and {@code timeout} as configurations write durations
   * @param metadata empty where it was not asked for
   */
  public record Active(
      String pool,
      String url,
      Labels discovered,
      Labels labels,
      String health,
      String lastError,
      long lastScrape,
      double lastSeconds,
      String interval,
      String timeout,
      List<MetricMetadata> metadata) {
    public Active {
      metadata = List.copyOf(metadata);
    }
  }

  /**
   * Targets of a job that its rules leave out.
   *
   * @param count all of them
   * @param discovered the labels of those that are remembered
   */
  public record Dropped(String pool, int count, List<Labels> discovered) {
    public Dropped {
      discovered = List.copyOf(discovered);
    }
  }
}
