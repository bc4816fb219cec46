package io.lookout.storage.head;

import io.lookout.model.LabelPattern;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Finds the series that all matchers accept, the cheapest matcher first: one value is one look-up;
 * a pattern is tried on the values of its label, unless that is remembered, or on the candidates
 * that are left where those are fewer.
 */
final class MatchingSeries {
  private final Postings postings;
  private final IntFunction<Labels> labelsOf;

  MatchingSeries(Postings postings, IntFunction<Labels> labelsOf) {
    this.postings = postings;
    this.labelsOf = labelsOf;
  }

  /** A bitmap of the caller's own. */
  RoaringBitmap find(List<Matcher> matchers) {
    List<Matcher> cheapestFirst = new ArrayList<>(matchers);
    cheapestFirst.sort(Comparator.comparingLong(this::cost));
    RoaringBitmap candidates = null;
    for (Matcher matcher : cheapestFirst) {
      candidates = narrow(candidates, matcher);
      if (candidates.isEmpty()) {
        return candidates;
      }
    }
    return candidates == null ? postings.all().clone() : candidates;
  }

  private long cost(Matcher matcher) {
    if (isOneValue(matcher)) {
      Postings.Label label = postings.label(matcher.name());
      Postings.Value value = label == null ? null : label.value(matcher.value());
      return value == null ? 0 : value.series().getLongCardinality();
    }
    // Behind all that are one look-up; those that exclude come last.
    long values = postings.values(matcher.name()).size();
    return (1L << 40) + values + (matcher.matches("") ? 1L << 41 : 0);
  }

  /** Whether no matcher is to be tried on values or series. */
  static boolean isLookUp(List<Matcher> matchers) {
    return matchers.stream().allMatch(MatchingSeries::isOneValue);
  }

  private static boolean isOneValue(Matcher matcher) {
    return !matcher.isNegative()
        && matcher.pattern() instanceof LabelPattern.Literal
        && !matcher.value().isEmpty();
  }

  private RoaringBitmap narrow(@Nullable RoaringBitmap candidates, Matcher matcher) {
    if (isOneValue(matcher)) {
      Postings.Label label = postings.label(matcher.name());
      Postings.Value value = label == null ? null : label.value(matcher.value());
      return value == null ? new RoaringBitmap() : and(candidates, value.series());
    }
    if (candidates != null
        && candidates.getLongCardinality() < postings.values(matcher.name()).size()) {
      return filter(candidates, matcher);
    }
    if (matcher.matches("")) {
      // Also accepts series without the label: what it does not accept is taken away.
      RoaringBitmap from = candidates == null ? postings.all() : candidates;
      return RoaringBitmap.andNot(from, union(matcher, false));
    }
    return and(candidates, union(matcher, true));
  }

  private static RoaringBitmap and(@Nullable RoaringBitmap candidates, RoaringBitmap others) {
    return candidates == null ? others.clone() : RoaringBitmap.and(candidates, others);
  }

  /** The series whose value of the label is accepted, or those whose value is not. */
  private RoaringBitmap union(Matcher matcher, boolean accepted) {
    List<RoaringBitmap> found = new ArrayList<>();
    for (Postings.Value value : postings.values(matcher, accepted)) {
      found.add(value.series());
    }
    return RoaringBitmap.or(found.iterator());
  }

  private RoaringBitmap filter(RoaringBitmap candidates, Matcher matcher) {
    RoaringBitmap accepted = new RoaringBitmap();
    PeekableIntIterator slots = candidates.getIntIterator();
    while (slots.hasNext()) {
      int slot = slots.next();
      if (matcher.matches(labelsOf.apply(slot))) {
        accepted.add(slot);
      }
    }
    return accepted;
  }
}
