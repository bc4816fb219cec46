package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.SeriesText;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code /api/v1/rules}, {@code alerts} and {@code alertmanagers}: there are none yet, in the right
 * shape. Parameters are judged as by Prometheus.
 */
record RulesEndpoint(ApiRoute api) implements HttpEndpoint {
  private static final Set<String> TYPES = Set.of("", "alert", "record");
  private static final Set<String> TRUTHS = Set.of("", "1", "t", "true", "0", "f", "false");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final String NEXT_TOKEN = "group_next_token";
  private static final String LIMIT = "group_limit";

  @Override
  public void mount(Router router) {
    router.get("/api/v1/rules").handler(c -> api.answer(c, "rules", RulesEndpoint::rules));
    router.get("/api/v1/alerts").handler(c -> api.answer(c, "alerts", RulesEndpoint::alerts));
    router
        .get("/api/v1/alertmanagers")
        .handler(c -> api.answer(c, "alertmanagers", RulesEndpoint::alertmanagers));
  }

  private static Future<ApiAnswer> rules(ApiRequest request) {
    Parameters parameters = request.parameters();
    parameters.requireWellEncoded();
    Selectors.of(parameters);
    String type = parameters.first("type").toLowerCase(Locale.ROOT);
    if (!TYPES.contains(type)) {
      throw Parameters.invalid("type", "not supported value " + SeriesText.quote(type));
    }
    String exclude = parameters.first("exclude_alerts").toLowerCase(Locale.ROOT);
    if (!TRUTHS.contains(exclude)) {
      throw Parameters.invalid(
          "exclude_alerts",
          "error converting exclude_alerts: strconv.ParseBool: parsing "
              + SeriesText.quote(exclude)
              + ": invalid syntax");
    }
    checkPage(parameters.first(LIMIT), parameters.first(NEXT_TOKEN));
    return answer(new JsonObject().put("groups", new JsonArray()));
  }

  /** Without groups there is one page, and no token leads to another. */
  private static void checkPage(String limit, String token) {
    if (limit.isEmpty()) {
      if (!token.isEmpty()) {
        throw Parameters.invalid(
            NEXT_TOKEN, LIMIT + " needs to be present in order to paginate over the groups");
      }
      return;
    }
    if (!WHOLE.matcher(limit).matches()) {
      throw noNumber(limit, "invalid syntax");
    }
    try {
      if (Integer.parseInt(limit) <= 0) {
        throw Parameters.invalid(LIMIT, LIMIT + " needs to be greater than 0");
      }
    } catch (NumberFormatException e) {
      throw noNumber(limit, "value out of range");
    }
    if (!token.isEmpty()) {
      throw Parameters.invalid(
          NEXT_TOKEN, "invalid group_next_token '" + token + "'. were rule groups changed?");
    }
  }

  private static RuntimeException noNumber(String limit, String why) {
    return Parameters.invalid(
        LIMIT,
        LIMIT
            + " needs to be a valid number: strconv.ParseInt: parsing "
            + SeriesText.quote(limit)
            + ": "
            + why);
  }

  private static Future<ApiAnswer> alerts(ApiRequest request) {
    return answer(new JsonObject().put("alerts", new JsonArray()));
  }

  private static Future<ApiAnswer> alertmanagers(ApiRequest request) {
    return answer(
        new JsonObject()
            .put("activeAlertmanagers", new JsonArray())
            .put("droppedAlertmanagers", new JsonArray()));
  }

  private static Future<ApiAnswer> answer(JsonObject data) {
    return Future.succeededFuture(ApiAnswer.of(ApiData.of(data)));
  }
}
