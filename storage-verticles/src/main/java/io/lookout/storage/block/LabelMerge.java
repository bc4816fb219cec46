package io.lookout.storage.block;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.Utf8Order;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the answer to a question for labels from label tables, from terms and from other
 * answers: each entry once, at most so many. Names and values are sorted; series, of which there
 * may be many, only where they are cut or several selectors find them, as Prometheus does it. Not
 * thread-safe.
 */
public final class LabelMerge {
  private static final Comparator<MetricMetadata> BY_FAMILY =
      Comparator.comparing(MetricMetadata::metricFamily, Utf8Order::compare);

  private final LabelQuery query;
  private final Set<String> strings = new HashSet<>();
  private List<String> sortedStrings = List.of();

  /** A whole answer with many series, mostly one that is remembered: nothing is copied of it. */
  private @Nullable SeriesList known;

  /** Those that are not known. */
  private final Set<Labels> series = new LinkedHashSet<>();

  private final Set<LabelTable> tables = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<MetricMetadata> metadata = new HashSet<>();
  private boolean truncated;

  public LabelMerge(LabelQuery query) {
    this.query = query;
  }

  /** One name or value. */
  public void add(String nameOrValue) {
    if (!nameOrValue.isEmpty()) {
      strings.add(nameOrValue);
    }
  }

  /** What another part of the node, or another node, has answered. */
  public void add(LabelResult part) {
    sortedStrings = SortedStrings.union(sortedStrings, part.strings());
    addSeries(part.series());
    metadata.addAll(part.metadata());
    truncated |= part.truncated();
  }

  private void addSeries(List<Labels> part) {
    if (known == null && series.isEmpty() && part instanceof SeriesList list) {
      known = list;
    } else {
      part.forEach(this::add);
    }
  }

  private void add(Labels each) {
    if (known == null || !known.has(each)) {
      series.add(each);
    }
  }

  /** The series of the table that match. */
  public void add(LabelTable table) {
    if (!tables.add(table)) {
      return; // The metric had the same series in another window.
    }
    BitSet wanted = wanted(table);
    switch (query.kind()) {
      case NAMES -> table.forEachName(wanted, this::add);
      case VALUES -> table.forEachValue(query.label(), wanted, this::add);
      case SERIES -> wanted.stream().forEach(i -> add(table.key(i).labels()));
      case METADATA -> {
        // Not in blocks.
      }
    }
  }

  private BitSet wanted(LabelTable table) {
    if (query.matcherSets().isEmpty()) {
      return table.matching(List.of());
    }
    BitSet wanted = new BitSet();
    for (List<Matcher> matchers : query.matcherSets()) {
      wanted.or(table.matching(matchers));
    }
    return wanted;
  }

  public LabelResult result() {
    List<String> loose = strings.stream().sorted(Utf8Order::compare).toList();
    List<String> someStrings = cut(SortedStrings.union(sortedStrings, loose));
    boolean inOrder = query.limit() > 0 || query.matcherSets().size() > 1;
    List<Labels> someSeries = inOrder ? sorted(allSeries(), Labels.ORDER) : allSeries();
    List<MetricMetadata> someMetadata = sorted(metadata, BY_FAMILY);
    return new LabelResult(someStrings, someSeries, someMetadata, truncated);
  }

  private List<Labels> allSeries() {
    if (known == null) {
      return new SeriesList(series);
    }
    if (series.isEmpty()) {
      return known;
    }
    List<Labels> all = new ArrayList<>(known);
    all.addAll(series);
    return all;
  }

  private <T> List<T> sorted(Collection<T> entries, Comparator<T> order) {
    return cut(entries.stream().sorted(order).toList());
  }

  private <T> List<T> cut(List<T> sorted) {
    if (query.limit() > 0 && sorted.size() > query.limit()) {
      truncated = true;
      return List.copyOf(sorted.subList(0, query.limit()));
    }
    return sorted;
  }
}
