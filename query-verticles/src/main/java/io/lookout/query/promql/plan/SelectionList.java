package io.lookout.query.promql.plan;

import io.lookout.model.Matcher;
import io.lookout.model.aggregate.Wanted;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is to be fetched. Selectors of the same matchers, for the same purpose, whose times
 * touch share one selection:
 *
 * <pre>
 *   rate(x[5m]) / rate(x[1h])      one selection, 1 h and more back
 *   x - x offset 1w                two, since a week lies between
 * </pre>
 */
final class SelectionList {
  private final List<Selection> selections = new ArrayList<>();

  /** The index of a selection that covers these times. */
  int add(List<Matcher> matchers, Span span, Wanted wanted, long alignment) {
    for (int i = 0; i < selections.size(); i++) {
      Selection other = selections.get(i);
      if (other.matchers().equals(matchers) && other.wanted() == wanted && touch(other, span)) {
        selections.set(
            i,
            new Selection(
                matchers,
                Math.min(other.minTime(), span.start()),
                Math.max(other.maxTime(), span.end()),
                wanted,
                Alignment.both(other.alignment(), alignment)));
        return i;
      }
    }
    selections.add(new Selection(matchers, span.start(), span.end(), wanted, alignment));
    return selections.size() - 1;
  }

  private static boolean touch(Selection a, Span b) {
    return a.minTime() <= b.end() && b.start() <= a.maxTime();
  }

  List<Selection> toList() {
    return List.copyOf(selections);
  }
}
