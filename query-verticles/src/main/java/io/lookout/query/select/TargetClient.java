package io.lookout.query.select;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks all nodes that scrape for their targets.
 *
 * @param scrapers the names of those nodes
 */
public record TargetClient(Bus bus, Supplier<List<String>> scrapers) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What all nodes say together; fails where one of them does not answer. */
  public Future<TargetReport> ask(TargetQuery query) {
    List<Future<TargetReport>> answers = new ArrayList<>();
    for (String node : scrapers.get()) {
      answers.add(bus.request(Addresses.targets(node), query, TargetReport.class, PATIENCE));
    }
    return Future.all(answers).map(all -> merged(answers.stream().map(Future::result).toList()));
  }

  private static TargetReport merged(List<TargetReport> reports) {
    Set<String> pools = new LinkedHashSet<>();
    List<TargetReport.Active> active = new ArrayList<>();
    List<TargetReport.Dropped> dropped = new ArrayList<>();
    for (TargetReport each : reports) {
      pools.addAll(each.pools());
      active.addAll(each.active());
      dropped.addAll(each.dropped());
    }
    return new TargetReport(List.copyOf(pools), active, dropped);
  }
}
