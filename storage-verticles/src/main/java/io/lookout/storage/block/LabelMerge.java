package io.lookout.storage.block;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.Utf8Order;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the answer to a question for labels from label tables, from terms and from other
 * answers: each entry once, sorted, at most so many. Not thread-safe.
 */
public final class LabelMerge {
  private final LabelQuery query;
  private final Set<String> strings = new TreeSet<>(Utf8Order::compare);
  private final Set<Labels> series = new TreeSet<>(Labels.ORDER);
  private final Set<MetricMetadata> metadata = new LinkedHashSet<>();
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
    strings.addAll(part.strings());
    series.addAll(part.series());
    metadata.addAll(part.metadata());
    truncated |= part.truncated();
  }

  /** The series of the table that match. */
  public void add(LabelTable table) {
    BitSet wanted = wanted(table);
    for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
      SeriesKey key = table.key(i);
      switch (query.kind()) {
        case NAMES -> key.labels().forEach(label -> add(label.name()));
        case VALUES -> add(key.labels().valueOf(query.label()));
        case SERIES -> series.add(key.labels());
        case METADATA -> {
          // Not in blocks.
        }
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
    List<String> someStrings = cut(strings);
    List<Labels> someSeries = cut(series);
    List<MetricMetadata> someMetadata = cut(metadata);
    return new LabelResult(someStrings, someSeries, someMetadata, truncated);
  }

  private <T> List<T> cut(Set<T> entries) {
    if (query.limit() > 0 && entries.size() > query.limit()) {
      truncated = true;
      return entries.stream().limit(query.limit()).toList();
    }
    return List.copyOf(entries);
  }
}
