package io.lookout.query.opentsdb;

import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkMerge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates one query: each series is downsampled, then turned into rates, then the series of a
 * group are interpolated and aggregated. Not thread-safe.
 */
final class Evaluation {
  private final SubQuery query;
  private final int number;
  private final TsdbQuery request;
  private final Bounds bounds;
  private final ChunkMerge merge = new ChunkMerge();
  private long samples;

  /**
   * @param maxSamples so many may be read, and so many steps of interpolation taken
   * @param wanted throws where nobody waits for the result any more
   */
  record Bounds(long maxSamples, Runnable wanted) {}

  /** A series that has been prepared. */
  private record Prepared(Map<String, String> tags, SampleColumns points) {}

  Evaluation(TsdbQuery request, int number, Bounds bounds) {
    this.request = request;
    this.number = number;
    this.query = request.queries().get(number);
    this.bounds = bounds;
  }

  /**
   * @throws LookoutException {@code BAD_DATA} beyond a limit
   */
  List<ResultSeries> of(List<SeriesChunks> series) {
    Map<List<String>, List<Prepared>> groups = new HashMap<>();
    List<String> groupTags = query.groupTags();
    List<SeriesChunks> sorted =
        series.stream()
            .sorted(Comparator.comparing(each -> each.key().labels(), Labels.ORDER))
            .toList();
    List<List<Prepared>> inOrder = new ArrayList<>();
    for (SeriesChunks each : sorted) {
      Map<String, String> tags = tags(each.key().labels());
      if (!query.explicitTags() || tags.keySet().equals(filterTags())) {
        Prepared prepared = new Prepared(tags, prepared(each));
        if (prepared.points().size > 0) {
          List<String> key = key(tags, groupTags, inOrder.size());
          groups
              .computeIfAbsent(
                  key,
                  unseen -> {
                    List<Prepared> group = new ArrayList<>();
                    inOrder.add(group);
                    return group;
                  })
              .add(prepared);
        }
      }
      bounds.wanted().run();
    }
    return inOrder.stream().map(this::result).filter(each -> each.points().size > 0).toList();
  }

  /** Without aggregation every series is a group. */
  private List<String> key(Map<String, String> tags, List<String> groupTags, int next) {
    return query.aggregator().isNone()
        ? List.of(Integer.toString(next))
        : groupTags.stream().map(tag -> tags.getOrDefault(tag, "")).toList();
  }

  private Set<String> filterTags() {
    Set<String> tags = new HashSet<>();
    query.filters().forEach(filter -> tags.add(filter.tag()));
    return tags;
  }

  static Map<String, String> tags(Labels labels) {
    Map<String, String> tags = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals(Label.METRIC_NAME)) {
        tags.put(labels.name(i), labels.value(i));
      }
    }
    return tags;
  }

  private SampleColumns prepared(SeriesChunks series) {
    long start = request.start();
    long end = request.end();
    long reach = query.downsample().map(each -> each.reach(end)).orElse(end);
    SampleColumns points = floats(merge.samples(series.chunks()), start, reach);
    samples += points.size;
    if (samples > bounds.maxSamples()) {
      throw Bad.request(
          "query reads more than query.samples.max (" + bounds.maxSamples() + ") samples");
    }
    if (query.downsample().isPresent()) {
      points = query.downsample().get().apply(points, start, end);
    }
    return query.rate().isPresent() ? query.rate().get().apply(points) : points;
  }

  /** Native histograms and markers of staleness are no points here. */
  private static SampleColumns floats(SampleColumns all, long from, long to) {
    SampleColumns floats = new SampleColumns(Math.max(1, all.size));
    for (int i = 0; i < all.size; i++) {
      long time = all.times[i];
      if (time >= from
          && time <= to
          && all.histogram(i) == null
          && !SampleColumns.isStale(all.values[i])) {
        floats.add(time, all.values[i]);
      }
    }
    return floats;
  }

  private ResultSeries result(List<Prepared> group) {
    boolean keepsNan = query.downsample().map(Downsample::fills).orElse(false);
    SampleColumns points =
        query.aggregator().isNone()
            ? group.get(0).points()
            : new Interpolation(
                    query.aggregator(),
                    group.stream().map(Prepared::points).toList(),
                    bounds.wanted())
                .fold(keepsNan, bounds.maxSamples());
    Map<String, String> common = new TreeMap<>(group.get(0).tags());
    Set<String> everywhere = new HashSet<>(common.keySet());
    for (Prepared each : group) {
      common.entrySet().removeIf(tag -> !tag.getValue().equals(each.tags().get(tag.getKey())));
      everywhere.retainAll(each.tags().keySet());
    }
    everywhere.removeAll(common.keySet());
    return new ResultSeries(number, common, everywhere.stream().sorted().toList(), points);
  }
}
