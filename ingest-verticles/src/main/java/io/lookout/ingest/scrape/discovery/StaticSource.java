package io.lookout.ingest.scrape.discovery;

import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import java.util.List;
import java.util.function.Consumer;

/** What the configuration lists; never changes. */
record StaticSource(List<TargetGroup> groups) implements TargetSource {
  @Override
  public void start(Consumer<List<TargetGroup>> listener) {
    listener.accept(groups);
  }

  @Override
  public void stop() {}
}
