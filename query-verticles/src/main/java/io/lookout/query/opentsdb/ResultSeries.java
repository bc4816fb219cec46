package io.lookout.query.opentsdb;

import io.lookout.model.SampleColumns;
import java.util.List;
import java.util.Map;

/**
 * What a query answers for one group of series.
 *
 * @param query number of the query it is of
 * @param tags that all series have with one value
 * @param aggregatedTags names of tags that all series have, with several values
 * @param points NaN where there is none and it is to be seen
 */
record ResultSeries(
    int query, Map<String, String> tags, List<String> aggregatedTags, SampleColumns points) {}
