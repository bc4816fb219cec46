package io.lookout.storage.head;

import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;

/**
 * The series that were written to lately and their samples, in memory. Used by one thread.
 *
 * <p>A series is called by its slot, a small number that is given to another series once it is
 * dropped.
 */
public final class Head {
  private static final int FULL_AT_A_TIME = 256;

  private final HeadOptions options;
  private final SeriesQuota quota;
  private final HeadScratch scratch;
  private final SeriesTable table = new SeriesTable();
  private final Map<String, Postings> tenants = new HashMap<>();
  private final HeadWindows windows = new HeadWindows();
  private final ExemplarRing exemplars;
  private final MetadataTable metadata;

  private final TouchedWindow touched;

  public Head(HeadOptions options) {
    this(options, SeriesQuota.unlimited());
  }

  /**
   * @param quota is told of series that come and go
   */
  public Head(HeadOptions options, SeriesQuota quota) {
    this.options = options;
    this.quota = quota;
    touched = new TouchedWindow(windows, options.window());
    scratch = new HeadScratch(options.window(), windows, options.maxSideBytes());
    exemplars = new ExemplarRing(options.maxExemplars(), scratch.counts);
    metadata = new MetadataTable(options.maxMetadata());
  }

  /** The slot of the series, which is added where it is new. */
  public int resolve(SeriesKey key) {
    int slot = table.find(key.fingerprint());
    if (slot >= 0) {
      return slot;
    }
    quota.added(key.tenant());
    return add(key);
  }

  /** The same, or a negative number where the series is new and the quota has no room for it. */
  public int admit(SeriesKey key) {
    int slot = table.find(key.fingerprint());
    return slot >= 0 || !quota.take(key.tenant()) ? slot : add(key);
  }

  /** The newest time that the series was written to, ms; the least there is where it is new. */
  public long lastTime(int slot) {
    Series series = table.at(slot);
    return series == null ? Long.MIN_VALUE : series.lastTime();
  }

  private int add(SeriesKey key) {
    Postings postings = tenants.computeIfAbsent(key.tenant(), this::newTenant);
    Series series = new Series(postings.intern(key), table.nextSlot());
    table.add(series);
    postings.add(series.slot, series.key.labels());
    scratch.windows.added(series.slot);
    return series.slot;
  }

  private Postings newTenant(String tenant) {
    return new Postings(new PatternCache(options.maxPatternValues(), scratch.counts));
  }

  /**
   * Appends the samples and exemplars of a batch.
   *
   * @param slots slot of the batch's series {@code i} at {@code [offset + i]}
   * @param now wall time, ms
   */
  public void append(WriteBatch batch, int[] slots, int offset, long now) {
    int[] seriesOf = batch.seriesOf();
    long[] times = batch.times();
    double[] values = batch.values();
    @Nullable NativeHistogram[] histograms = batch.histograms();
    long[] startTimes = batch.startTimes();
    int n = batch.sampleCount();
    touched.leave(); // Every batch is told to its windows.
    for (int i = 0; i < n; i++) {
      appendOne(
          slots[offset + seriesOf[i]],
          times[i],
          values[i],
          histograms == null ? null : histograms[i],
          startTimes == null ? 0 : startTimes[i],
          now);
    }
    scratch.encodeFull();
    scratch.boundSides();
    for (WriteBatch.SeriesExemplar each : batch.exemplars()) {
      append(slots[offset + each.series()], each.exemplar());
    }
  }

  /** Appends one sample: the histogram, where there is one, instead of the value. */
  public void append(
      int slot,
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long startTime,
      long now) {
    appendOne(slot, time, value, histogram, startTime, now);
    if (scratch.fullCount() >= FULL_AT_A_TIME) {
      scratch.encodeFull();
    }
    scratch.boundSides();
  }

  private void appendOne(
      int slot,
      long time,
      double value,
      @Nullable NativeHistogram histogram,
      long startTime,
      long now) {
    Series series = table.at(slot);
    if (series == null) {
      throw new IllegalStateException("no series has slot " + slot);
    }
    if (!touched.holds(time)) {
      touched.enter(scratch.windowOf(time), now);
    }
    if (time < series.firstTime()) {
      beginAt(series, time);
    }
    touched.count(histogram != null);
    scratch.counts.appended++;
    scratch.counts.late += touched.isLate() ? 1 : 0;
    series.append(time, value, histogram, startTime, scratch);
  }

  private void beginAt(Series series, long time) {
    series.beginAt(time);
    Postings postings = tenants.get(series.key.tenant());
    if (postings != null) {
      postings.beginAt(series.key.labels(), time);
    }
  }

  public void append(int slot, Exemplar exemplar) {
    Series series = table.at(slot);
    if (series != null) {
      exemplars.add(new SeriesExemplar(series.key, exemplar));
    }
  }

  /** Keeps metadata and says whether it is news. */
  public boolean append(String tenant, MetricMetadata entry) {
    return metadata.put(tenant, entry);
  }

  public boolean has(String tenant, MetricMetadata entry) {
    return metadata.has(tenant, entry);
  }

  public void forEachMetadata(BiConsumer<String, MetricMetadata> visitor) {
    metadata.forEach(visitor);
  }

  /**
   * References to the chunks of the series that match.
   *
   * @throws LookoutException with {@code EXECUTION} where it would be more than the request allows
   */
  public List<SeriesChunks> select(SelectRequest request) {
    Postings postings = tenants.get(request.tenant());
    return postings == null ? List.of() : new HeadSelect(request, postings, table, scratch).all();
  }

  /** As {@link #select}, or null where more series than so many match. */
  public @Nullable List<SeriesChunks> selectAtMost(int series, SelectRequest request) {
    Postings postings = tenants.get(request.tenant());
    return postings == null
        ? List.of()
        : new HeadSelect(request, postings, table, scratch).atMost(series);
  }

  /** As {@link #select}, where a few series have to be looked up and nothing packed; else null. */
  public @Nullable List<SeriesChunks> selectAtGlance(SelectRequest request) {
    Postings postings = tenants.get(request.tenant());
    return postings == null
        ? List.of()
        : new HeadSelect(request, postings, table, scratch).atGlance();
  }

  public LabelResult labels(LabelQuery query) {
    if (query.kind() == LabelQuery.Kind.METADATA) {
      return LabelAnswers.metadata(metadata.of(query.tenant()), query.limit());
    }
    Postings postings = tenants.get(query.tenant());
    return postings == null
        ? LabelAnswers.empty()
        : new LabelAnswers(postings, table, query).answer();
  }

  /** Names or values of all series, where few looks are enough; else null. */
  public @Nullable LabelResult labelsAtGlance(LabelQuery query) {
    if (!LabelAnswers.hasGlance(query)) {
      return null;
    }
    Postings postings = tenants.get(query.tenant());
    return postings == null
        ? LabelAnswers.empty()
        : new LabelAnswers(postings, table, query).atGlance();
  }

  /**
   * The exemplars of the series that all matchers of one set accept, in the order in which they
   * came.
   */
  public List<SeriesExemplar> exemplars(
      String tenant, List<List<Matcher>> matcherSets, long minTime, long maxTime) {
    return exemplars.find(
        key ->
            key.tenant().equals(tenant)
                && matcherSets.stream()
                    .anyMatch(set -> set.stream().allMatch(each -> each.matches(key.labels()))),
        minTime,
        maxTime);
  }

  /** What there is of a tenant. */
  public HeadStatistics statistics(String tenant) {
    HeadStatistics statistics = new HeadStatistics();
    Postings postings = tenants.get(tenant);
    if (postings == null) {
      return statistics;
    }
    for (Postings.Label label : postings.sortedLabels()) {
      for (Postings.Value value : label.values()) {
        statistics.label(label.name(), value.text(), value.series().getCardinality());
      }
    }
    PeekableIntIterator slots = postings.all().getIntIterator();
    while (slots.hasNext()) {
      Series series = table.at(slots.next());
      if (series != null) {
        series.count(statistics);
      }
    }
    return statistics;
  }

  /** The starts of the windows that can be frozen or are, the oldest first. */
  public List<Long> sealable(long now, long sealDelay, long lateDelay, long maxLateBytes) {
    touched.leave();
    return windows.sealable(now, options.window(), sealDelay, lateDelay, maxLateBytes);
  }

  /** The generation under which the window is frozen already, or null. */
  public @Nullable Long frozenGeneration(long window) {
    return windows.frozenGeneration(window);
  }

  /** The starts of the windows that are frozen and not released, in no particular order. */
  public List<Long> frozenWindows() {
    return windows.frozen();
  }

  /** The starts of the windows that are not frozen and reach into [from, to]. */
  public List<Long> openWindows(long from, long to) {
    long first = from < Long.MIN_VALUE + options.window() ? from : from - options.window() + 1;
    return windows.openBetween(first, to);
  }

  public long newGeneration(long now) {
    return windows.newGeneration(now);
  }

  /** The generation given out last, 0 before the first. */
  public long lastGeneration() {
    return windows.lastGeneration();
  }

  /** This generation was given out before. */
  public void generation(long generation) {
    windows.generation(generation);
  }

  /** Freezes what there is of the window under a new generation. */
  public void freeze(long window, long generation) {
    touched.leave();
    windows.freeze(window, generation);
    scratch.windows.forEachOpen(
        window, table, series -> series.freeze(window, generation, scratch));
    scratch.windows.freeze(window, generation);
  }

  /** What was frozen, in no particular order. */
  public List<SeriesChunks> frozen(long generation) {
    List<SeriesChunks> found = new ArrayList<>();
    scratch.windows.forEachFrozen(
        generation,
        table,
        series -> {
          List<Chunk> chunks = series.frozen(generation);
          if (!chunks.isEmpty()) {
            found.add(new SeriesChunks(series.key, chunks));
          }
        });
    return found;
  }

  /**
   * Drops what was frozen under the generation, and the series that have nothing left.
   *
   * @param dropped is told the slots that are free now
   */
  public void release(long window, long generation, IntConsumer dropped) {
    PeekableIntIterator candidates = scratch.windows.releasedAndAdded(generation).getIntIterator();
    forget(window, generation);
    scratch.forgetMerged();
    while (candidates.hasNext()) {
      dropIfEmpty(table.at(candidates.next()), dropped);
    }
  }

  /** Drops the series that have no sample, and tells the slots that are free now. */
  public void dropEmpty(IntConsumer dropped) {
    table.forEach(series -> dropIfEmpty(series, dropped));
  }

  private void dropIfEmpty(@Nullable Series series, IntConsumer dropped) {
    if (series != null && series.isEmpty()) {
      drop(series);
      dropped.accept(series.slot);
    }
  }

  /** As {@link #release}, but keeps the series: their slots stay known. */
  public void forget(long window, long generation) {
    windows.release(window, generation);
    scratch.windows.forEachFrozen(generation, table, series -> series.release(generation, scratch));
    scratch.windows.release(generation);
  }

  private void drop(Series series) {
    scratch.counts.openBytes -= series.openBytes();
    table.remove(series);
    String tenant = series.key.tenant();
    quota.dropped(tenant);
    Postings postings = tenants.get(tenant);
    if (postings != null) {
      postings.remove(series.slot, series.key.labels());
      if (postings.isEmpty()) {
        tenants.remove(tenant);
      }
    }
  }

  public int exemplarCount() {
    return exemplars.size();
  }

  public int seriesCount() {
    return table.size();
  }

  public HeadCounts counts() {
    return scratch.counts;
  }
}
