package io.lookout.query.promql.plan;

import io.lookout.model.aggregate.Wanted;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.value.Steps;
import java.util.Map;

/**
 * Of what all times that a selector is looked at are multiples, ms, and what for. Aggregates whose
 * resolution divides that have whole buckets in every window:
 *
 * <pre>
 *   buckets    ──]─────]─────]─────]─────]──
 *   aligned         (───────────]               the same answer
 *   not aligned   (───────────]                 another one
 * </pre>
 */
final class Alignment {
  private static final Map<String, Wanted> BY_FUNCTION =
      Map.ofEntries(
          Map.entry("min_over_time", Wanted.MIN),
          Map.entry("max_over_time", Wanted.MAX),
          Map.entry("sum_over_time", Wanted.SUM),
          Map.entry("count_over_time", Wanted.COUNT),
          Map.entry("avg_over_time", Wanted.AVG),
          Map.entry("first_over_time", Wanted.FIRST),
          Map.entry("last_over_time", Wanted.SAMPLES),
          Map.entry("present_over_time", Wanted.SAMPLES),
          Map.entry("rate", Wanted.CHANGE),
          Map.entry("increase", Wanted.CHANGE),
          Map.entry("delta", Wanted.CHANGE));

  private Alignment() {}

  /** What the function needs of the samples of its windows. */
  static Wanted wanted(String function) {
    return BY_FUNCTION.getOrDefault(function, Wanted.SAMPLES);
  }

  /** Whether the function can be answered from aggregates alone. */
  static boolean isAnswered(String function, Language language) {
    Wanted wanted = BY_FUNCTION.get(function);
    return wanted != null && (wanted != Wanted.CHANGE || language.has(Feature.START_TIMESTAMPS));
  }

  /** Of the steps of a query. */
  static long of(Steps steps) {
    return steps.count() == 1 ? Math.abs(steps.start()) : both(steps.start(), steps.step());
  }

  /** After the shift of a selector. */
  static long shifted(long alignment, TimeShift shift) {
    if (shift.isFixed()) {
      return Math.abs(shift.apply(0));
    }
    return shift.offset() == 0 ? alignment : both(alignment, shift.offset());
  }

  /** Of both: 0 where one has none. */
  static long both(long a, long b) {
    long x = Math.abs(a);
    long y = Math.abs(b);
    if (x == 0 || y == 0) {
      return 0;
    }
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }
}
