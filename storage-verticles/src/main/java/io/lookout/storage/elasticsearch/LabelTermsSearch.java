package io.lookout.storage.elasticsearch;

import io.lookout.model.Label;
import io.lookout.model.bus.LabelQuery;
import io.lookout.storage.block.LabelMerge;
import io.lookout.storage.block.LabelTerm;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Label names and values from the terms of the indices, in the order of the terms, page after page
 * until there are no more: none is left out because there are many. Futures tell false where a term
 * is cut, so that only label tables know the whole answer.
 */
final class LabelTermsSearch {
  private static final int PAGE = 5_000;

  private final EngineClient client;
  private final String path;
  private final JsonObject blocks;
  private final LabelMerge merge;

  LabelTermsSearch(EngineClient client, String index, LabelQuery query, LabelMerge merge) {
    this.client = client;
    this.path = "/" + index + "/_search?allow_partial_search_results=false";
    this.blocks = BlockQueries.of(query);
    this.merge = merge;
  }

  Future<Boolean> names() {
    return terms(BlockMapping.LABEL_NAMES, "", "").compose(complete -> hasMetric().map(complete));
  }

  private Future<@Nullable Void> hasMetric() {
    JsonObject named =
        new JsonObject()
            .put(
                "bool",
                new JsonObject()
                    .put("filter", JsonArray.of(blocks))
                    .put(
                        "must_not",
                        JsonArray.of(
                            new JsonObject()
                                .put("term", new JsonObject().put(BlockMapping.METRIC, "")))));
    JsonObject body = new JsonObject().put("size", 1).put("_source", false).put("query", named);
    return client
        .askForSuccess(EngineRequest.post(path, body))
        .map(answer -> {
          if (!SearchPage.of(answer).hits().isEmpty()) {
            merge.add(Label.METRIC_NAME);
          }
          return null;
        });
  }

  Future<Boolean> values(String name) {
    if (name.equals(Label.METRIC_NAME)) {
      return terms(BlockMapping.METRIC, "", "");
    }
    String prefix = LabelTerm.prefix(name);
    return LabelTerm.isCutName(name)
        ? Future.succeededFuture(false)
        : terms(BlockMapping.LABELS, prefix, prefix);
  }

  /** The terms after one that begin with the prefix. */
  private Future<Boolean> terms(String field, String prefix, String after) {
    JsonObject source =
        new JsonObject()
            .put("term", new JsonObject().put("terms", new JsonObject().put("field", field)));
    JsonObject composite = new JsonObject().put("size", PAGE).put("sources", JsonArray.of(source));
    if (!after.isEmpty()) {
      composite.put("after", new JsonObject().put("term", after));
    }
    JsonObject body =
        new JsonObject()
            .put("size", 0)
            .put("track_total_hits", false)
            .put("query", blocks)
            .put(
                "aggs",
                new JsonObject().put("terms", new JsonObject().put("composite", composite)));
    return client
        .json(EngineRequest.post(path, body))
        .compose(answer -> take(buckets(answer), field, prefix));
  }

  private Future<Boolean> take(JsonArray buckets, String field, String prefix) {
    String term = "";
    for (int i = 0; i < buckets.size(); i++) {
      term = buckets.getJsonObject(i).getJsonObject("key").getString("term", "");
      if (!term.startsWith(prefix)) {
        return Future.succeededFuture(true);
      }
      String text = term.substring(prefix.length());
      if (LabelTerm.isCutValue(text)
          || (field.equals(BlockMapping.LABEL_NAMES) && LabelTerm.isCutName(text))) {
        return Future.succeededFuture(false);
      }
      merge.add(text);
    }
    return buckets.size() < PAGE ? Future.succeededFuture(true) : terms(field, prefix, term);
  }

  private static JsonArray buckets(JsonObject answer) {
    SearchPage.checkComplete(answer);
    JsonObject terms =
        answer.getJsonObject("aggregations", new JsonObject()).getJsonObject("terms");
    return terms == null ? new JsonArray() : terms.getJsonArray("buckets", new JsonArray());
  }
}
