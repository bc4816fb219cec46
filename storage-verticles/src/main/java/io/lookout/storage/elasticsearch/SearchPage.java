package io.lookout.storage.elasticsearch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a search.
 *
 * @param snapshot the name of the scroll or point in time from now on; empty without
 */
record SearchPage(List<Hit> hits, String snapshot) {
  /**
   * A document that was found.
   *
   * @param id as the engine calls it, or else as the document does; empty where neither was read
   * @param fields stored fields and columns, each a list
   * @param sort what follows it in the order is found by; null where there is no order
   */
  record Hit(
      String index, String id, JsonObject source, JsonObject fields, @Nullable JsonArray sort) {

    /** A stored binary; empty where the document has none. */
    byte[] binary(String field) {
      return switch (first(field)) {
        case byte[] bytes -> bytes;
        case String base64 -> decoded(base64);
        case null, default -> new byte[0];
      };
    }

    private static byte[] decoded(String base64) {
      try {
        return Base64.getDecoder().decode(base64);
      } catch (IllegalArgumentException e) {
        return new byte[0];
      }
    }

    long number(String field) {
      return first(field) instanceof Number number ? number.longValue() : 0;
    }

    private @Nullable Object first(String field) {
      JsonArray values = fields.getJsonArray(field);
      return values == null || values.isEmpty() ? null : values.getList().getFirst();
    }
  }

  /**
   * @throws EngineException where this is no whole answer: parts of one are not taken for all
   */
  static SearchPage of(EngineResponse response) {
    JsonObject answer = response.json();
    try {
      checkComplete(answer);
      JsonObject hits = answer.getJsonObject("hits");
      if (hits == null) {
        throw new EngineException("the answer of a search has no hits");
      }
      List<Hit> found = new ArrayList<>();
      JsonArray array = hits.getJsonArray("hits", new JsonArray());
      for (int i = 0; i < array.size(); i++) {
        found.add(hit(array.getJsonObject(i)));
      }
      return new SearchPage(found, answer.getString("pit_id", answer.getString("_scroll_id", "")));
    } catch (ClassCastException e) {
      throw new EngineException("the answer of a search is none: " + e.getMessage(), e);
    }
  }

  /**
   * @throws EngineException where some shards have not answered, or not in time
   */
  static void checkComplete(JsonObject answer) {
    JsonObject shards = answer.getJsonObject("_shards", new JsonObject());
    if (answer.getBoolean("timed_out", false) || shards.getInteger("failed", 0) > 0) {
      throw new EngineException("a search has not reached all shards: " + shards.encode());
    }
  }

  private static Hit hit(JsonObject hit) {
    JsonObject fields = hit.getJsonObject("fields", new JsonObject());
    JsonArray ids = fields.getJsonArray(BlockMapping.ID, new JsonArray());
    return new Hit(
        hit.getString("_index", ""),
        hit.getString("_id", ids.isEmpty() ? "" : ids.getString(0)),
        hit.getJsonObject("_source", new JsonObject()),
        fields,
        hit.getJsonArray("sort"));
  }
}
