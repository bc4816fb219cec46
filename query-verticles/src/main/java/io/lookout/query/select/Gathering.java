package io.lookout.query.select;

import io.lookout.model.ErrorCode;
import io.lookout.model.Fingerprint;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.aggregate.Aggregate;
import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts together what storage nodes answer: a series that several of them hold is one. Thread-safe.
 */
final class Gathering {
  private final SelectRequest request;
  private final boolean several;
  private final Set<TimePart> downsampled = new LinkedHashSet<>();
  private final List<SeriesChunks> series = new ArrayList<>();
  private final Map<Fingerprint, Integer> places = new HashMap<>();

  /** What each node gave, where the aggregates of a series must stay in one order. */
  private final SortedMap<String, List<SeriesChunks>> byNode = new TreeMap<>();

  private final Mixture mixture = new Mixture();
  private long bytes;

  /**
   * @param nodes that answer: one alone names each series once
   */
  Gathering(SelectRequest request, int nodes) {
    this.request = request;
    this.several = nodes > 1;
  }

  /**
   * @param node that answers
   * @throws LookoutException with {@code EXECUTION} where this is more than the limits allow
   */
  synchronized void add(String node, SelectResult result) {
    downsampled.addAll(result.downsampled());
    if (several && request.alignment() > 0) {
      mixture.add(node, result);
    }
    if (several && request.wanted().isCombined()) {
      byNode.computeIfAbsent(node, name -> new ArrayList<>()).addAll(result.series());
    }
    boolean single = !downsampled.isEmpty() && !request.wanted().isCombined();
    for (SeriesChunks each : result.series()) {
      if (single) {
        merge(plain(each));
      } else if (several) {
        merge(each);
      } else {
        series.add(each);
      }
      for (Chunk chunk : each.chunks()) {
        bytes += chunk.encodedBytes();
      }
    }
    int perSeries = single || downsampled.isEmpty() ? 1 : request.wanted().aggregates().size() + 1;
    if (series.size() / perSeries > request.maxSeries()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query selects more than query.series.max (" + request.maxSeries() + ") series");
    }
    if (bytes > request.maxBytes()) {
      throw new LookoutException(
          ErrorCode.EXECUTION,
          "query selects more than query.bytes.max (" + request.maxBytes() + ") bytes of chunks");
    }
  }

  /** Where one aggregate stands for the samples, it is the series that it is of. */
  private SeriesChunks plain(SeriesChunks of) {
    if (of.key().labels().valueOf(Aggregate.LABEL).isEmpty()) {
      return of;
    }
    Labels labels = of.key().labels().toBuilder().set(Aggregate.LABEL, "").build();
    return new SeriesChunks(SeriesKey.of(request.tenant(), labels), of.chunks());
  }

  private void merge(SeriesChunks added) {
    Integer place = places.putIfAbsent(added.key().fingerprint(), series.size());
    if (place == null) {
      series.add(added);
      return;
    }
    SeriesChunks known = series.get(place);
    List<Chunk> chunks = new ArrayList<>(known.chunks().size() + added.chunks().size());
    chunks.addAll(known.chunks());
    chunks.addAll(added.chunks());
    series.set(place, new SeriesChunks(known.key(), chunks));
  }

  /**
   * Whether samples and aggregates may tell of the same: then samples alone are to be asked for.
   */
  synchronized boolean isMixed() {
    return !downsampled.isEmpty() && mixture.isThere();
  }

  /** All of them; nothing is added afterwards. */
  synchronized Selected selected() {
    if (!downsampled.isEmpty()) {
      mergeByNode();
      series.replaceAll(Gathering::inOrder);
    }
    return new Selected(series, List.copyOf(downsampled));
  }

  /**
   * Parts of answers come as they come, and so may one aggregate of a node come before, another one
   * after those of another node. The sums of a node are read beside its counts.
   */
  private void mergeByNode() {
    if (!byNode.isEmpty()) {
      series.clear();
      places.clear();
      byNode.values().forEach(all -> all.forEach(this::merge));
    }
  }

  private static SeriesChunks inOrder(SeriesChunks of) {
    return new SeriesChunks(
        of.key(), of.chunks().stream().sorted(Comparator.comparingLong(Chunk::minTime)).toList());
  }
}
