package io.lookout.query.promql.plan;

import io.lookout.model.Matcher;
import java.util.List;

/**
 * Samples that a query needs, to be fetched before it is evaluated.
 *
 * @param matchers all must accept
 * @param minTime first time wanted, ms, inclusive
 * @param maxTime last time wanted, ms, inclusive
 */
public record Selection(List<Matcher> matchers, long minTime, long maxTime) {
  public Selection {
    matchers = List.copyOf(matchers);
  }
}
