package io.lookout.storage.head;

import static io.lookout.model.bus.LabelQuery.Kind.VALUES;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.Utf8Order;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers questions for names, values and series from postings, without touching samples.
 *
 * <p>A name or value counts where one of its series has a sample in the range. Mostly the first
 * that is looked at has, so that a question costs one look for each entry of the answer, and none
 * for what is all newer than the range; all series are sifted once where some have none.
 */
final class LabelAnswers {
  /** So many series of a value are looked at before all are sifted. */
  private static final int LOOKS = 4;

  /** So many values are looked at in some microseconds. */
  private static final int GLANCE = 1000;

  /** Names and values of so few series are read from them, not looked for in all that there are. */
  private static final int FEW = 256;

  /** So many look-ups, one for each matcher of all selectors, take some microseconds too. */
  private static final int GLANCE_LOOK_UPS = 32;

  private final Postings postings;
  private final SeriesTable table;
  private final LabelQuery query;
  private final boolean everything;
  private final RoaringBitmap matching;
  private final boolean few;
  private @Nullable RoaringBitmap inRange;

  private boolean glance;

  /** Values that may be looked at yet; below zero where these were not enough. */
  private int looks = Integer.MAX_VALUE;

  LabelAnswers(Postings postings, SeriesTable table, LabelQuery query) {
    this.postings = postings;
    this.table = table;
    this.query = query;
    this.everything = query.matcherSets().isEmpty();
    this.matching = everything ? postings.all() : matching();
    this.few = !everything && matching.getLongCardinality() <= FEW;
  }

  /** Names, values or series; those that have a sample in the range. */
  LabelResult answer() {
    return switch (query.kind()) {
      case NAMES -> strings(names(), query.limit());
      case VALUES -> strings(values(query.label()), query.limit());
      case SERIES -> series(query.limit());
      case METADATA -> empty();
    };
  }

  /** Whether few looks may be enough: names and values of all series, and series to look up. */
  static boolean hasGlance(LabelQuery query) {
    List<List<Matcher>> sets = query.matcherSets();
    return switch (query.kind()) {
      case NAMES, VALUES -> areFewLookUps(sets);
      case SERIES -> !sets.isEmpty() && areFewLookUps(sets);
      case METADATA -> false;
    };
  }

  private static boolean areFewLookUps(List<List<Matcher>> sets) {
    return sets.stream().mapToInt(List::size).sum() <= GLANCE_LOOK_UPS
        && sets.stream().allMatch(MatchingSeries::isLookUp);
  }

  /** The same where few looks are enough; null otherwise. For what {@link #hasGlance}. */
  @Nullable LabelResult atGlance() {
    if (!everything) {
      return few ? answer() : null;
    }
    Postings.Label label = query.kind() == VALUES ? postings.label(query.label()) : null;
    if (label != null && label.values().size() > GLANCE) {
      return null; // Not to be sorted either.
    }
    glance = true;
    looks = GLANCE;
    LabelResult answer = answer();
    return looks < 0 ? null : answer;
  }

  static LabelResult empty() {
    return new LabelResult(List.of(), List.of(), List.of(), false);
  }

  static LabelResult metadata(List<MetricMetadata> entries, int limit) {
    boolean truncated = limit > 0 && entries.size() > limit;
    return new LabelResult(
        List.of(), List.of(), truncated ? entries.subList(0, limit) : entries, truncated);
  }

  private RoaringBitmap matching() {
    MatchingSeries search = new MatchingSeries(postings, this::labels);
    RoaringBitmap found = new RoaringBitmap();
    for (List<Matcher> set : query.matcherSets()) {
      found.or(search.find(set));
    }
    return found;
  }

  private RoaringBitmap inRange() {
    RoaringBitmap found = inRange;
    if (found == null) {
      found = new RoaringBitmap();
      PeekableIntIterator slots = matching.getIntIterator();
      while (slots.hasNext()) {
        int slot = slots.next();
        if (isInRange(slot)) {
          found.add(slot);
        }
      }
      inRange = found;
    }
    return found;
  }

  private boolean isInRange(int slot) {
    Series series = table.at(slot);
    return series != null && series.overlaps(query.minTime(), query.maxTime());
  }

  /** Whether one of the series is wanted. */
  private boolean counts(Postings.Value value) {
    return --looks >= 0
        && value.firstTime() <= query.maxTime()
        && (isWanted(value.likely()) || hasWanted(value));
  }

  private boolean hasWanted(Postings.Value value) {
    PeekableIntIterator slots = value.series().getIntIterator();
    for (int look = 0; look < LOOKS; look++) {
      if (!slots.hasNext()) {
        return false;
      }
      int slot = slots.next();
      if (isWanted(slot)) {
        value.found(slot);
        return true;
      }
    }
    return slots.hasNext() && isAnyWanted(value.series());
  }

  private boolean isAnyWanted(RoaringBitmap series) {
    if (glance) {
      looks = -1;
      return false;
    }
    return RoaringBitmap.intersects(series, inRange());
  }

  private boolean isWanted(int slot) {
    return (everything || matching.contains(slot)) && isInRange(slot);
  }

  private Labels labels(int slot) {
    Series series = table.at(slot);
    return series == null ? Labels.EMPTY : series.key.labels();
  }

  private List<String> names() {
    if (few) {
      return inFew((series, names) -> series.forEach(each -> names.add(each.name())));
    }
    List<String> names = new ArrayList<>();
    for (Postings.Label label : postings.sortedLabels()) {
      if (anyCounts(label)) {
        names.add(label.name());
      } else if (looks < 0) {
        break;
      }
    }
    return names;
  }

  private boolean anyCounts(Postings.Label label) {
    for (Postings.Value value : label.values()) {
      if (counts(value)) {
        return true;
      }
      if (looks < 0) {
        break;
      }
    }
    return false;
  }

  private List<String> values(String name) {
    if (few) {
      return inFew((series, values) -> values.add(series.valueOf(name)));
    }
    List<String> values = new ArrayList<>();
    for (Postings.Value value : postings.sortedValues(name)) {
      if (counts(value)) {
        values.add(value.text());
      }
    }
    return values;
  }

  /** What the few series that are wanted tell, in order, but for the empty value of no label. */
  private List<String> inFew(BiConsumer<Labels, Set<String>> teller) {
    Set<String> found = new HashSet<>();
    PeekableIntIterator slots = matching.getIntIterator();
    while (slots.hasNext()) {
      int slot = slots.next();
      if (isInRange(slot)) {
        teller.accept(labels(slot), found);
      }
    }
    found.remove("");
    List<String> sorted = new ArrayList<>(found);
    sorted.sort(Utf8Order::compare);
    return sorted;
  }

  private static LabelResult strings(List<String> sorted, int limit) {
    boolean truncated = limit > 0 && sorted.size() > limit;
    return new LabelResult(
        truncated ? List.copyOf(sorted.subList(0, limit)) : sorted,
        List.of(),
        List.of(),
        truncated);
  }

  private LabelResult series(int limit) {
    List<Labels> found = new ArrayList<>();
    PeekableIntIterator slots = matching.getIntIterator();
    while (slots.hasNext()) {
      Series series = table.at(slots.next());
      if (series != null && series.overlaps(query.minTime(), query.maxTime())) {
        if (limit > 0 && found.size() == limit) {
          return new LabelResult(List.of(), found, List.of(), true);
        }
        found.add(series.key.labels());
      }
    }
    return new LabelResult(List.of(), found, List.of(), false);
  }
}
