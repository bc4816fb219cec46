package io.lookout.storage.head;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.Utf8Order;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Answers questions for names, values and series from postings, without touching samples. */
final class LabelAnswers {
  private final Postings postings;
  private final SeriesTable table;

  LabelAnswers(Postings postings, SeriesTable table) {
    this.postings = postings;
    this.table = table;
  }

  /** Names, values or series; those that have a sample in the range. */
  LabelResult answer(LabelQuery query) {
    RoaringBitmap candidates = candidates(query);
    return switch (query.kind()) {
      case NAMES -> strings(names(candidates), query.limit());
      case VALUES -> strings(values(query.label(), candidates), query.limit());
      case SERIES -> series(candidates, query.limit());
      case METADATA -> empty();
    };
  }

  static LabelResult empty() {
    return new LabelResult(List.of(), List.of(), List.of(), false);
  }

  static LabelResult metadata(List<MetricMetadata> entries, int limit) {
    boolean truncated = limit > 0 && entries.size() > limit;
    return new LabelResult(
        List.of(), List.of(), truncated ? entries.subList(0, limit) : entries, truncated);
  }

  private RoaringBitmap candidates(LabelQuery query) {
    RoaringBitmap matching;
    if (query.matcherSets().isEmpty()) {
      matching = postings.all();
    } else {
      MatchingSeries search = new MatchingSeries(postings, this::labels);
      matching = new RoaringBitmap();
      for (List<Matcher> set : query.matcherSets()) {
        matching.or(search.find(set));
      }
    }
    RoaringBitmap inRange = new RoaringBitmap();
    PeekableIntIterator slots = matching.getIntIterator();
    while (slots.hasNext()) {
      int slot = slots.next();
      Series series = table.at(slot);
      if (series != null && series.overlaps(query.minTime(), query.maxTime())) {
        inRange.add(slot);
      }
    }
    return inRange;
  }

  private Labels labels(int slot) {
    Series series = table.at(slot);
    return series == null ? Labels.EMPTY : series.key.labels();
  }

  private List<String> names(RoaringBitmap candidates) {
    List<String> names = new ArrayList<>();
    for (Postings.Label label : postings.labels()) {
      if (anyIn(label, candidates)) {
        names.add(label.name());
      }
    }
    return names;
  }

  private static boolean anyIn(Postings.Label label, RoaringBitmap candidates) {
    for (Postings.Value value : label.values()) {
      if (RoaringBitmap.intersects(value.series(), candidates)) {
        return true;
      }
    }
    return false;
  }

  private List<String> values(String name, RoaringBitmap candidates) {
    List<String> values = new ArrayList<>();
    for (Postings.Value value : postings.values(name)) {
      if (RoaringBitmap.intersects(value.series(), candidates)) {
        values.add(value.text());
      }
    }
    return values;
  }

  private static LabelResult strings(List<String> found, int limit) {
    found.sort(Utf8Order::compare);
    boolean truncated = limit > 0 && found.size() > limit;
    return new LabelResult(
        truncated ? List.copyOf(found.subList(0, limit)) : found, List.of(), List.of(), truncated);
  }

  private LabelResult series(RoaringBitmap candidates, int limit) {
    List<Labels> found = new ArrayList<>();
    PeekableIntIterator slots = candidates.getIntIterator();
    while (slots.hasNext()) {
      if (limit > 0 && found.size() == limit) {
        return new LabelResult(List.of(), found, List.of(), true);
      }
      @Nullable Series series = table.at(slots.next());
      if (series != null) {
        found.add(series.key.labels());
      }
    }
    return new LabelResult(List.of(), found, List.of(), false);
  }
}
