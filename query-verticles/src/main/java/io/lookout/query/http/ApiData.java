package io.lookout.query.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The {@code data} of an answer, written in parts so that a large one is never whole in memory.
 * Written once.
 */
@FunctionalInterface
interface ApiData {
  /**
   * Appends until the buffer is full or all is written.
   *
   * @return whether there is more
   */
  boolean write(JsonBytes out);

  /** Small data that stands in memory. */
  static ApiData of(JsonObject object) {
    return out -> whole(out, object.encode());
  }

  static ApiData of(JsonArray array) {
    return out -> whole(out, array.encode());
  }

  static ApiData of(String string) {
    return out -> {
      out.string(string);
      return false;
    };
  }

  private static boolean whole(JsonBytes out, String json) {
    out.text(json);
    return false;
  }

  /** An array, an entry at a time. */
  static <T> ApiData list(List<T> entries, BiConsumer<JsonBytes, T> writer) {
    return new ListData<>(entries, writer);
  }
}
