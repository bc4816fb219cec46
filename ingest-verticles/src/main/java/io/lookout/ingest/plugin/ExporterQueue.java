package io.lookout.ingest.plugin;

import io.lookout.ingest.intake.Onlooker;
import io.lookout.model.bus.WriteBatch;
import io.lookout.plugin.ExporterPlugin;
import io.lookout.plugin.Samples;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Batches on their way to an exporter, and the thread that calls it. What the exporter does, or
 * does not, is felt by nobody else.
 */
final class ExporterQueue implements Onlooker {
  private final ExporterPlugin exporter;
  private final long limit;
  private final long timeoutNanos;
  private final PluginFailures failures;
  private final Counter exported;
  private final Counter dropped;
  private final AtomicLong waiting = new AtomicLong();

  /** An empty entry ends the thread. */
  private final BlockingQueue<Optional<WriteBatch>> queue = new LinkedBlockingQueue<>();

  private final Thread thread;
  private volatile boolean closed;

  /** When the exporter was called that has not returned; guarded by this. */
  private Optional<Long> calledAt = Optional.empty();

  ExporterQueue(
      ExporterPlugin exporter,
      PluginSettings settings,
      PluginFailures failures,
      MeterRegistry registry) {
    this.exporter = exporter;
    this.limit = settings.exporterQueue();
    this.timeoutNanos = settings.exporterTimeout().toNanos();
    this.failures = failures;
    String plugin = exporter.name();
    this.exported =
        Counter.builder("lookout.plugin.exported.samples")
            .description("Samples that an exporter has taken")
            .tag("plugin", plugin)
            .register(registry);
    this.dropped =
        Counter.builder("lookout.plugin.dropped.samples")
            .description("Samples that an exporter missed because it was too slow")
            .tag("plugin", plugin)
            .register(registry);
    Gauge.builder("lookout.plugin.queue.samples", waiting, AtomicLong::get)
        .description("Samples that wait for an exporter")
        .tag("plugin", plugin)
        .register(registry);
    this.thread =
        Thread.ofPlatform().daemon().name("lookout-plugin-" + plugin).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void accepted(WriteBatch batch) {
    int samples = batch.sampleCount();
    if (samples == 0) {
      return;
    }
    // A batch larger than the limit is taken where nothing else waits.
    long now = waiting.addAndGet(samples);
    if (closed || (now > limit && now != samples)) {
      waiting.addAndGet(-samples);
      dropped.increment(samples);
    } else {
      queue.add(Optional.of(batch));
    }
  }

  private void run() {
    while (true) {
      Optional<WriteBatch> next;
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        if (closed) {
          return;
        }
        continue;
      }
      if (next.isEmpty()) {
        return;
      }
      export(next.get());
    }
  }

  private void export(WriteBatch batch) {
    begin();
    try {
      exporter.export(new Samples(batch));
      exported.increment(batch.sampleCount());
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      failures.add(e);
    } finally {
      end();
      waiting.addAndGet(-batch.sampleCount());
    }
  }

  private synchronized void begin() {
    calledAt = Optional.of(System.nanoTime());
  }

  /** An interruption that came too late must not hit the next batch. */
  private synchronized void end() {
    calledAt = Optional.empty();
    boolean late = Thread.interrupted();
    if (late && closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts the exporter where it has taken too long. To be called from time to time. */
  synchronized void interruptIfSlow() {
    if (calledAt.isPresent() && System.nanoTime() - calledAt.get() > timeoutNanos) {
      calledAt = Optional.of(System.nanoTime());
      thread.interrupt();
    }
  }

  /** Waits for what is queued, and not longer than for one slow batch. Blocks. */
  void close() throws InterruptedException {
    closed = true;
    queue.add(Optional.empty());
    if (!thread.join(Duration.ofNanos(timeoutNanos))) {
      thread.interrupt();
    }
  }
}
