package io.lookout.query.http;

import io.lookout.query.promql.text.DurationText;
import io.lookout.query.run.QueryAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What {@code stats} asks for: how long the parts of a query took, and how much they read. */
final class StatisticsJson {
  private StatisticsJson() {}

  static String of(QueryAnswer answer) {
    double queued = answer.queuedNanos() / 1e9;
    double fetch = answer.fetchNanos() / 1e9;
    double eval = answer.evalNanos() / 1e9;
    JsonObject timings =
        new JsonObject()
            .put("evalTotalTime", fetch + eval)
            .put("resultSortTime", 0)
            .put("queryPreparationTime", fetch)
            .put("innerEvalTime", eval)
            .put("execQueueTime", queued)
            .put("execTotalTime", queued + fetch + eval);
    long samples = answer.result().samplesRead();
    JsonObject statistics =
        new JsonObject()
            .put("timings", timings)
            .put(
                "samples",
                new JsonObject().put("totalQueryableSamples", samples).put("peakSamples", samples));
    if (!answer.resolutions().isEmpty()) {
      JsonArray resolutions = new JsonArray();
      answer.resolutions().forEach(millis -> resolutions.add(DurationText.ofMillis(millis)));
      statistics.put("downsampled", resolutions);
    }
    return statistics.encode();
  }
}
