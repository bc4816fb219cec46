package io.lookout.query.http;

import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.parse.FunctionSignatures;
import io.vertx.core.json.JsonObject;

/** What {@code /api/v1/features} lists: every function, operator and endpoint that there is. */
final class Features {
  private Features() {}

  static JsonObject json() {
    JsonObject functions = new JsonObject();
    for (FunctionSignature each : FunctionSignatures.all()) {
      functions.put(each.name(), true);
    }
    JsonObject operators = new JsonObject();
    for (BinaryOp each : BinaryOp.values()) {
      operators.put(each.sign(), true);
    }
    for (AggregateOp each : AggregateOp.values()) {
      operators.put(each.keyword(), true);
    }
    return new JsonObject()
        .put("api", all("query_stats", "label_values_match", "exclude_alerts", "lookback_delta"))
        .put(
            "promql",
            all(
                "at_modifier",
                "negative_offset",
                "subqueries",
                "bool",
                "by",
                "without",
                "on",
                "ignoring",
                "group_left",
                "group_right",
                "offset",
                "duration_expr",
                "anchored",
                "smoothed",
                "fill",
                "fill_left",
                "fill_right",
                "delayed_name_removal",
                "per_step_stats"))
        .put("promql_functions", functions)
        .put("promql_operators", operators);
  }

  private static JsonObject all(String... names) {
    JsonObject features = new JsonObject();
    for (String name : names) {
      features.put(name, true);
    }
    return features;
  }
}
