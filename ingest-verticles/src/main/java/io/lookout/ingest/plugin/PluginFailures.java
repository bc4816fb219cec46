package io.lookout.ingest.plugin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failures of one plug-in: all are counted, one a minute is logged. Thread-safe. */
final class PluginFailures {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFailures.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final String plugin;
  private final Counter count;
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

  PluginFailures(String plugin, MeterRegistry registry) {
    this.plugin = plugin;
    this.count =
        Counter.builder("lookout.plugin.failures")
            .description("Batches in which a plug-in has thrown something")
            .tag("plugin", plugin)
            .register(registry);
  }

  void add(Throwable failure) {
    count.increment();
    long now = System.nanoTime();
    long next = nextLog.get();
    if (now - next >= 0 && nextLog.compareAndSet(next, now + QUIET_NANOS)) {
      LOG.warn("Plug-in {} has failed (told at most once a minute)", plugin, failure);
    }
  }
}
