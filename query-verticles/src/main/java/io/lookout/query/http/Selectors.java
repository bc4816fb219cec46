package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.query.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;

/** The {@code match[]} parameters. */
final class Selectors {
  private Selectors() {}

  /**
   * @throws LookoutException with {@code BAD_DATA} for what is no selector, or selects everything
   */
  static List<List<Matcher>> of(Parameters parameters) {
    List<List<Matcher>> sets = all(parameters);
    for (List<Matcher> matchers : sets) {
      if (matchers.stream().allMatch(m -> m.matches(""))) {
        throw new LookoutException(
            ErrorCode.BAD_DATA, "match[] must contain at least one non-empty matcher");
      }
    }
    return sets;
  }

  /**
   * Those that select everything too.
   *
   * @throws LookoutException with {@code BAD_DATA} for what is no selector
   */
  static List<List<Matcher>> all(Parameters parameters) {
    List<List<Matcher>> sets = new ArrayList<>();
    for (String selector : parameters.all("match[]")) {
      sets.add(PromqlParser.parseSelector(selector));
    }
    return sets;
  }
}
