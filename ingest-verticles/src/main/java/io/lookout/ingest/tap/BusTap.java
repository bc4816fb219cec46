package io.lookout.ingest.tap;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.ingest.intake.Onlooker;
import io.lookout.model.bus.WriteBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes accepted batches at {@code lookout.samples.<tenant>} while somebody listens there.
 *
 * <p>Whether somebody does is known from the bus itself: a batch that is published says whether it
 * had listeners. Without any, the next batch is tried after an interval; until then a batch costs a
 * look-up here. Thread-safe.
 *
 * <pre>
 *   silent ── a batch after the interval had listeners ──► heard ── a batch had none ──► silent
 * </pre>
 */
public final class BusTap implements Onlooker {
  /** Tenants' names come from outside: with so many, all are asked about anew. */
  private static final int MANY = 10_000;

  private final Bus bus;
  private final long limit;
  private final long probeNanos;
  private final Counter published;
  private final Counter dropped;
  private final AtomicLong inFlight = new AtomicLong();
  private final Map<String, Audience> audiences = new ConcurrentHashMap<>();

  /** Of one tenant. */
  private static final class Audience {
    final String address;
    final AtomicLong nextProbe;
    volatile boolean heard;

    Audience(String tenant, long now) {
      address = Addresses.samples(tenant);
      nextProbe = new AtomicLong(now);
    }

    /** Once an interval, for one of those who ask at the same time. */
    boolean isToBeProbed(long now, long interval) {
      long next = nextProbe.get();
      return now - next >= 0 && nextProbe.compareAndSet(next, now + interval);
    }
  }

  public BusTap(Bus bus, TapSettings settings, MeterRegistry registry) {
    this.bus = bus;
    this.limit = settings.inFlightBytes().bytes();
    this.probeNanos = settings.probeInterval().toNanos();
    this.published =
        Counter.builder("lookout.tap.published.samples")
            .description("Accepted samples that were published to subscribers on the bus")
            .register(registry);
    this.dropped =
        Counter.builder("lookout.tap.dropped.samples")
            .description("Accepted samples that subscribers on the bus missed: too much on its way")
            .register(registry);
  }

  @Override
  public void accepted(WriteBatch batch) {
    if (batch.sampleCount() == 0) {
      return;
    }
    Audience audience = audience(batch.tenant());
    if (audience.heard || audience.isToBeProbed(System.nanoTime(), probeNanos)) {
      publish(batch, audience);
    }
  }

  private Audience audience(String tenant) {
    Audience known = audiences.get(tenant);
    if (known != null) {
      return known;
    }
    if (audiences.size() >= MANY) {
      audiences.clear();
    }
    return audiences.computeIfAbsent(tenant, t -> new Audience(t, System.nanoTime()));
  }

  private void publish(WriteBatch batch, Audience audience) {
    long bytes = batch.estimatedBytes();
    // A batch larger than the limit is published where nothing else is on its way.
    long now = inFlight.addAndGet(bytes);
    if (now > limit && now != bytes) {
      inFlight.addAndGet(-bytes);
      dropped.increment(batch.sampleCount());
      return;
    }
    bus.publishHeard(audience.address, batch)
        .onSuccess(heard -> {
          audience.heard = heard;
          if (heard) {
            published.increment(batch.sampleCount());
          }
        })
        .onFailure(failure -> dropped.increment(batch.sampleCount()))
        .onComplete(done -> inFlight.addAndGet(-bytes));
  }
}
