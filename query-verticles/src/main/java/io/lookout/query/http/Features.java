package io.lookout.query.http;

import io.lookout.query.promql.ast.AggregateOp;
import io.lookout.query.promql.ast.BinaryOp;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.FunctionSignatures;
import io.vertx.core.json.JsonObject;

/** What {@code /api/v1/features} lists: every function, operator and endpoint that there is. */
final class Features {
  private Features() {}

  static JsonObject json(Language language) {
    JsonObject functions = new JsonObject();
    for (FunctionSignature each : FunctionSignatures.all(Language.PROMQL)) {
      functions.put(each.name(), false);
    }
    for (FunctionSignature each : FunctionSignatures.all(language)) {
      functions.put(each.name(), true);
    }
    JsonObject operators = new JsonObject();
    for (BinaryOp each : BinaryOp.values()) {
      operators.put(each.sign(), true);
    }
    for (AggregateOp each : AggregateOp.values()) {
      boolean experimental = each == AggregateOp.LIMITK || each == AggregateOp.LIMIT_RATIO;
      operators.put(each.keyword(), !experimental || language.has(Feature.EXPERIMENTAL_FUNCTIONS));
    }
    return new JsonObject()
        .put("api", api())
        .put("promql", syntax(language))
        .put("promql_functions", functions)
        .put("promql_operators", operators);
  }

  /** That of all roles; which of them are on a node is not told. */
  private static JsonObject api() {
    JsonObject api =
        all(
            "exclude_alerts",
            "label_values_match",
            "openapi_3.1",
            "otlp_write_receiver",
            "query_stats",
            "query_warnings",
            "remote_write_receiver",
            "time_range_labels",
            "time_range_series");
    put(api, false, "lifecycle", "openapi_3.2");
    return api;
  }

  private static JsonObject syntax(Language language) {
    JsonObject syntax =
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
            "per_query_lookback_delta");
    put(syntax, language.has(Feature.EXPERIMENTAL_FUNCTIONS), "experimental_functions");
    put(syntax, language.has(Feature.DURATION_EXPRESSIONS), "duration_expr");
    put(syntax, language.has(Feature.EXTENDED_SELECTORS), "anchored", "smoothed");
    put(syntax, language.has(Feature.FILL_MODIFIERS), "fill", "fill_left", "fill_right");
    put(syntax, language.has(Feature.DELAYED_NAME_REMOVAL), "delayed_name_removal");
    put(syntax, language.has(Feature.TYPE_AND_UNIT_LABELS), "type_and_unit_labels");
    put(syntax, language.has(Feature.START_TIMESTAMPS), "start_timestamps");
    put(syntax, false, "per_step_stats");
    return syntax;
  }

  private static void put(JsonObject features, boolean on, String... names) {
    for (String name : names) {
      features.put(name, on);
    }
  }

  private static JsonObject all(String... names) {
    JsonObject features = new JsonObject();
    for (String name : names) {
      features.put(name, true);
    }
    return features;
  }
}
