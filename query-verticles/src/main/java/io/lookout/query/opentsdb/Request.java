package io.lookout.query.opentsdb;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request: its parameters stand in the URL, or in the JSON of a body.
 *
 * @param body empty where there is none
 * @param gone whether nobody waits for the answer any more
 */
record Request(String tenant, MultiMap parameters, JsonObject body, BooleanSupplier gone) {
  boolean hasBody() {
    return !body.isEmpty();
  }

  /** From the body, or else from the URL; empty where it is in neither. */
  String first(String name) {
    @Nullable String inBody = QueryBody.text(body, name);
    @Nullable String inUrl = parameters.get(name);
    return inBody != null ? inBody : inUrl != null ? inUrl : "";
  }

  /** A whole number that is not negative. */
  int number(String name, int otherwise) {
    String text = first(name);
    try {
      return text.isEmpty() ? otherwise : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw Bad.request("Parameter " + name + " is no number: " + text, e);
    }
  }
}
