package io.lookout.query.opentsdb;

import io.lookout.model.Label;
import io.lookout.model.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One metric of a query, and what is to be made of its series.
 *
 * @param explicitTags whether series with other tags than the filters name do not count
 */
record SubQuery(
    Aggregator aggregator,
    String metric,
    Optional<Downsample> downsample,
    Optional<Rate> rate,
    List<TagFilter> filters,
    boolean explicitTags) {
  SubQuery {
    filters = List.copyOf(filters);
    if (metric.isEmpty()) {
      throw Bad.request("Missing the metric or tsuids, provide at least one");
    }
  }

  List<Matcher> matchers() {
    List<Matcher> matchers = new ArrayList<>();
    matchers.add(Matcher.equal(Label.METRIC_NAME, metric));
    filters.forEach(filter -> matchers.addAll(filter.matchers()));
    return matchers;
  }

  /** The tags by which series are kept apart. */
  List<String> groupTags() {
    return filters.stream().filter(TagFilter::groupBy).map(TagFilter::tag).distinct().toList();
  }
}
