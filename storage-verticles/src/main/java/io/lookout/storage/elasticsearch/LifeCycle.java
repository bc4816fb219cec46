package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins new indices and drops old ones. One node of the cluster does it; where for a moment two
 * think that they are the one, the engine makes the second find everything done.
 */
final class LifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(LifeCycle.class);

  private final EngineClient client;
  private final ElasticsearchSettings settings;
  private final String name;

  LifeCycle(EngineClient client, ElasticsearchSettings settings) {
    this.client = client;
    this.settings = settings;
    this.name = settings.index();
  }

  /** Begins a new index where the one that is written to is old or large enough. */
  Future<Boolean> rollOver(Engine engine) {
    return rollOver(
        new JsonObject()
            .put(
                "conditions",
                engine.rolloverConditions(
                    settings.rolloverAge().toSeconds(),
                    settings.rolloverBytes().bytes(),
                    settings.shards())));
  }

  /** Begins a new index. */
  Future<Boolean> rollOverNow() {
    return rollOver(new JsonObject());
  }

  private Future<Boolean> rollOver(JsonObject body) {
    return client
        .json(EngineRequest.post("/" + name + "/_rollover", body))
        .map(answer -> {
          boolean rolledOver = answer.getBoolean("rolled_over", false);
          if (rolledOver) {
            LOG.info(
                "Index {} is full; {} is written to",
                answer.getString("old_index"),
                answer.getString("new_index"));
          }
          return rolledOver;
        });
  }

  /** Deletes each index all of whose blocks are older, but never the one that is written to. */
  Future<Void> dropBefore(long time) {
    return client
        .json(EngineRequest.get("/" + name + "/_alias"))
        .compose(indices -> {
          Future<Void> all = Future.succeededFuture();
          for (String index : notWritten(indices)) {
            all = all.compose(done -> dropIfBefore(index, time));
          }
          return all;
        });
  }

  private List<String> notWritten(JsonObject indices) {
    List<String> names = new ArrayList<>();
    for (String index : indices.fieldNames()) {
      JsonObject aliases = indices.getJsonObject(index).getJsonObject("aliases", new JsonObject());
      JsonObject ours = aliases.getJsonObject(name);
      if (ours != null && !ours.getBoolean("is_write_index", false)) {
        names.add(index);
      }
    }
    return names;
  }

  /** What was put last may not be searchable yet, and would then be dropped unseen. */
  private Future<Void> dropIfBefore(String index, long time) {
    JsonObject newer =
        new JsonObject()
            .put("size", 0)
            .put("track_total_hits", 1)
            .put("query", BlockQueries.notBefore(time));
    return client
        .askForSuccess(EngineRequest.post("/" + index + "/_refresh"))
        .compose(refreshed ->
            client.json(
                EngineRequest.post(
                    "/" + index + "/_search?allow_partial_search_results=false", newer)))
        .compose(answer -> hasHits(answer) ? Future.succeededFuture() : drop(index));
  }

  private static boolean hasHits(JsonObject answer) {
    SearchPage.checkComplete(answer);
    JsonObject total = answer.getJsonObject("hits").getJsonObject("total");
    return total.getLong("value") > 0;
  }

  private Future<Void> drop(String index) {
    EngineRequest request = EngineRequest.delete("/" + index);
    return client
        .ask(request)
        .compose(response -> {
          if (!response.isSuccess() && response.status() != 404) {
            return Future.failedFuture(new EngineException(request, response));
          }
          LOG.info("Dropped index {}: all of it is past retention", index);
          return Future.succeededFuture();
        });
  }
}
