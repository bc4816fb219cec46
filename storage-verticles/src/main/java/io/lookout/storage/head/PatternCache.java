package io.lookout.storage.head;

import io.lookout.model.Matcher;
import io.lookout.storage.head.Postings.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a label a regular expression accepts, remembered: dashboards ask the same again
 * and again, and an expression is tried on every value. An answer is good as long as the label has
 * the same values; which series have them does not matter. Used by one thread.
 *
 * <p>A place for each of so many answers: a new one takes the place of another. Nothing is chained,
 * so that there is nothing to be left half-way.
 */
final class PatternCache {
  private static final int PLACES = 256;

  private final int maxValues;
  private final HeadCounts counts;
  private final @Nullable Answer[] places = new @Nullable Answer[PLACES];
  private int held;

  /**
   * The values that a matcher accepts, or those that it does not.
   *
   * @param version of the label's values
   */
  private record Answer(Matcher matcher, boolean accepted, long version, List<Value> values) {}

  /**
   * @param maxValues that are remembered, over all answers
   */
  PatternCache(int maxValues, HeadCounts counts) {
    this.maxValues = maxValues;
    this.counts = counts;
  }

  /** The values of the label that the matcher accepts, or those that it does not. */
  List<Value> values(Postings.Label label, Matcher matcher, boolean accepted) {
    int place = Math.floorMod(Objects.hash(matcher, accepted), PLACES);
    Answer known = places[place];
    if (known != null
        && known.version == label.version()
        && known.accepted == accepted
        && known.matcher.equals(matcher)) {
      counts.patternHits++;
      return known.values;
    }
    counts.patternMisses++;
    List<Value> found = new ArrayList<>();
    for (Value value : label.values()) {
      if (matcher.matches(value.text()) == accepted) {
        found.add(value);
      }
    }
    remember(place, new Answer(matcher, accepted, label.version(), List.copyOf(found)));
    return found;
  }

  private void remember(int place, Answer answer) {
    int size = answer.values.size();
    if (size > maxValues) {
      return;
    }
    Answer before = places[place];
    int after = held + size - (before == null ? 0 : before.values.size());
    if (after > maxValues) {
      Arrays.fill(places, null);
      after = size;
    }
    places[place] = answer;
    held = after;
  }
}
