package io.lookout.ingest.scrape;

import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.lookout.model.bus.TargetReport.Active;
import io.lookout.model.bus.TargetReport.Dropped;
import java.util.ArrayList;
import java.util.List;

/** Tells people what is scraped here. */
final class TargetList {
  private TargetList() {}

  static TargetReport of(Scraper scraper, TargetQuery query) {
    List<String> pools = new ArrayList<>();
    List<Active> active = new ArrayList<>();
    List<Dropped> dropped = new ArrayList<>();
    for (JobPool pool : scraper.pools()) {
      String name = pool.job().name();
      pools.add(name);
      if (query.pool().isEmpty() || query.pool().equals(name)) {
        pool.loops().forEach(loop -> active.add(active(loop, query.metadata())));
        if (pool.tellsDropped()) {
          dropped.add(new Dropped(name, pool.droppedCount(), pool.dropped()));
        }
      }
    }
    return new TargetReport(pools, active, dropped);
  }

  private static Active active(ScrapeLoop loop, boolean metadata) {
    Target target = loop.target();
    LastScrape last = loop.last();
    return new Active(
        target.job(),
        target.url().toString(),
        target.discovered(),
        target.labels(),
        last.health(),
        last.problem(),
        last.time(),
        last.seconds(),
        TargetMaker.text(target.interval()),
        TargetMaker.text(target.timeout()),
        metadata ? loop.metadata() : List.of());
  }
}
