package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins new indices and drops old ones. One node of the cluster does it; where for a moment two
 * think that they are the one, the engine makes the second find everything done.
 */
final class LifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(LifeCycle.class);

  /** Digits of a number that cannot be too large. */
  private static final int LONGEST_NUMBER = 18;

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

  /**
   * Names the new index, so that it begins once: who asks a second time, because nobody answered or
   * because two nodes were elected for a moment, finds it there.
   */
  private Future<Boolean> rollOver(JsonObject conditions) {
    return written()
        .compose(old -> {
          EngineRequest request =
              EngineRequest.post("/" + name + "/_rollover" + following(old), conditions);
          return client
              .ask(request)
              .compose(response ->
                  response.status() == 400
                      ? begunMeanwhile(old, request, response)
                      : begun(request, response));
        });
  }

  private Future<Boolean> begun(EngineRequest request, EngineResponse response) {
    if (!response.isSuccess()) {
      return Future.failedFuture(new EngineException(request, response));
    }
    JsonObject answer = response.json();
    boolean rolledOver = answer.getBoolean("rolled_over", false);
    if (rolledOver) {
      LOG.info(
          "Index {} is full; {} is written to",
          answer.getString("old_index"),
          answer.getString("new_index"));
    }
    return Future.succeededFuture(rolledOver);
  }

  private Future<Boolean> begunMeanwhile(
      String old, EngineRequest request, EngineResponse response) {
    return written()
        .compose(now ->
            now.equals(old)
                ? Future.failedFuture(new EngineException(request, response))
                : Future.succeededFuture(false));
  }

  /** The index that is written to. */
  private Future<String> written() {
    return aliased()
        .map(indices -> {
          for (String index : indices.fieldNames()) {
            if (isWritten(indices, index)) {
              return index;
            }
          }
          throw new EngineException("no index behind the alias " + name + " is written to");
        });
  }

  /** How the engine would call the index after this one; nothing where it would not know either. */
  static String following(String index) {
    int digits = index.length();
    while (digits > 0 && Character.digit(index.charAt(digits - 1), 10) >= 0) {
      digits--;
    }
    int count = index.length() - digits;
    if (count == 0 || count > LONGEST_NUMBER) {
      return "";
    }
    long next = Long.parseLong(index.substring(digits)) + 1;
    return "/" + index.substring(0, digits) + String.format(Locale.ROOT, "%06d", next);
  }

  /**
   * Deletes each index all of whose blocks are older, but never the one that is written to. An
   * index that another node deletes meanwhile is as good as one that is deleted here.
   */
  Future<Void> dropBefore(long time) {
    return aliased()
        .compose(indices -> {
          Future<Void> all = Future.succeededFuture();
          for (String index : notWritten(indices)) {
            all = all.compose(done -> dropIfBefore(index, time));
          }
          return all;
        });
  }

  private Future<JsonObject> aliased() {
    return client.json(EngineRequest.get("/" + name + "/_alias"));
  }

  private List<String> notWritten(JsonObject indices) {
    return indices.fieldNames().stream()
        .filter(index -> indices.getJsonObject(index).getJsonObject("aliases").containsKey(name))
        .filter(index -> !isWritten(indices, index))
        .sorted()
        .toList();
  }

  private boolean isWritten(JsonObject indices, String index) {
    JsonObject aliases = indices.getJsonObject(index).getJsonObject("aliases");
    return aliases.getJsonObject(name, new JsonObject()).getBoolean("is_write_index", false);
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
        .compose(answer -> hasHits(answer) ? Future.succeededFuture() : drop(index))
        .recover(
            failure -> isGone(failure) ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  private static boolean isGone(Throwable failure) {
    return failure instanceof EngineException known && known.status() == 404;
  }

  private static boolean hasHits(JsonObject answer) {
    SearchPage.checkComplete(answer);
    JsonObject total = answer.getJsonObject("hits").getJsonObject("total");
    return total.getLong("value") > 0;
  }

  private Future<Void> drop(String index) {
    EngineRequest request = EngineRequest.delete("/" + index);
    return client
        .askForSuccess(request)
        .onSuccess(done -> LOG.info("Dropped index {}: all of it is past retention", index))
        .mapEmpty();
  }
}
