package io.lookout.query.promql.parse;

import java.util.List;

/** {@code by (…)} or {@code without (…)}. */
record Grouping(List<String> labels, boolean without) {}
