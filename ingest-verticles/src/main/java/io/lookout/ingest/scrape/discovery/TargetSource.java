package io.lookout.ingest.scrape.discovery;

import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import java.util.List;
import java.util.function.Consumer;

/** Finds targets until it is stopped. Stays on the context that starts it. */
public interface TargetSource {
  /** Begins; the listener gets all groups there are, whenever they may have changed. */
  void start(Consumer<List<TargetGroup>> listener);

  void stop();
}
