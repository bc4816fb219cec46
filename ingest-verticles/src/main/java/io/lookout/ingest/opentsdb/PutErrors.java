package io.lookout.ingest.opentsdb;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The data points of a request that were not taken, with what was wrong. */
public final class PutErrors {
  /** So many are listed; the others are only counted. */
  private static final int LISTED = 1000;

  private final JsonArray list = new JsonArray();

  void add(DataPoint point, String error) {
    if (list.size() < LISTED) {
      list.add(new JsonObject().put("datapoint", point.shown()).put("error", error));
    }
  }

  /** The refusal of samples that were data points when it came to it, unless one tells of it. */
  void add(String error) {
    boolean told =
        list.stream().anyMatch(each -> error.equals(((JsonObject) each).getString("error")));
    if (!told && list.size() < LISTED) {
      list.add(new JsonObject().put("error", error));
    }
  }

  JsonArray list() {
    return list;
  }
}
