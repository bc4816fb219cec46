package io.lookout.query.http;

import io.lookout.query.promql.plan.Selection;
import io.lookout.query.run.QueryAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What {@code explain=true} asks for: the plan of the query, what it fetched, and how long that and
 * the evaluation took. An extension: Prometheus has nothing like it.
 */
final class ExplainJson {
  private ExplainJson() {}

  static String of(QueryAnswer answer) {
    JsonArray selections = new JsonArray();
    for (Selection each : answer.plan().selections()) {
      selections.add(
          new JsonObject()
              .put("matchers", each.matchers().toString())
              .put("minTime", each.minTime())
              .put("maxTime", each.maxTime()));
    }
    return new JsonObject()
        .put("plan", new JsonArray(List.copyOf(answer.plan().text().lines().toList())))
        .put("selections", selections)
        .put("samplesRead", answer.result().samplesRead())
        .put("queuedMillis", answer.queuedNanos() / 1e6)
        .put("fetchMillis", answer.fetchNanos() / 1e6)
        .put("evaluationMillis", answer.evalNanos() / 1e6)
        .encode();
  }
}
