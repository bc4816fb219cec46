package io.lookout.ingest.metricbeat;

import io.lookout.ingest.metricbeat.Fields.Memory;
import io.lookout.ingest.series.SeriesIndex;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one node has learnt of the fields of events so far, apart for each tenant: none takes names,
 * labels or room from another. Where all of it grows too large, the tenants that were not heard of
 * for the longest time are forgotten, and learnt anew. Thread-safe.
 */
public final class EventFields {
  private static final int MOST_TENANTS = 10_000;

  private final SeriesIndex index;
  private final Set<String> chosen;
  private final Room room;
  private final Widened widened = new Widened();
  private final Map<String, Learnt> tenants = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();

  /** Fields of all tenants; too many rather than too few. */
  private final AtomicInteger size = new AtomicInteger();

  /** Of one tenant, whose last request had this number. */
  private record Learnt(Fields fields, AtomicLong asked) {
    long lastAsked() {
      return asked.get();
    }
  }

  /**
   * How much is remembered. Fields beyond it are looked at anew each time.
   *
   * @param ofTenant fields of one tenant
   * @param ofAll fields of all tenants together
   */
  public record Room(int ofTenant, int ofAll) {}

  /**
   * @param chosen paths whose values are labels beside the usual ones; {@code a.b.*} for all below
   */
  public EventFields(SeriesIndex index, List<String> chosen, Room room, MeterRegistry registry) {
    this.index = index;
    this.chosen = Set.copyOf(chosen);
    this.room = room;
    Gauge.builder("lookout.ingest.metricbeat.fields", this, EventFields::counted)
        .description("Fields of Metricbeat's events that are known, of all tenants")
        .register(registry);
    Gauge.builder("lookout.ingest.metricbeat.widened.metricsets", widened, Widened::size)
        .description("Metricsets whose short texts are all labels, because events met otherwise")
        .register(registry);
  }

  /** What is known of the fields of a tenant. */
  Fields of(String tenant) {
    Learnt learnt = tenants.computeIfAbsent(tenant, this::learn);
    learnt.asked().set(requests.incrementAndGet());
    if (size.get() > room.ofAll() || tenants.size() > MOST_TENANTS) {
      makeRoom();
    }
    return learnt.fields();
  }

  private Learnt learn(String tenant) {
    Memory memory = new Memory(tenant, room.ofTenant(), size, widened);
    return new Learnt(new Fields(index, chosen, memory), new AtomicLong());
  }

  /** Whoever has been forgotten and is being read goes on with what it has. */
  private synchronized void makeRoom() {
    int all = counted();
    int count = tenants.size();
    List<Map.Entry<String, Learnt>> oldestFirst =
        tenants.entrySet().stream()
            .map(each -> Map.entry(each.getKey(), each.getValue()))
            .sorted(Comparator.comparingLong(each -> each.getValue().lastAsked()))
            .toList();
    for (var oldest : oldestFirst) {
      if ((all <= room.ofAll() / 2 && count <= MOST_TENANTS / 2) || count == 1) {
        break;
      }
      tenants.remove(oldest.getKey());
      all -= oldest.getValue().fields().size();
      count--;
    }
    size.set(all);
  }

  int counted() {
    int all = 0;
    for (Learnt each : tenants.values()) {
      all += each.fields().size();
    }
    return all;
  }
}
