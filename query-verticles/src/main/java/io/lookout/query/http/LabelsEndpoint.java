package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesText;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.LabelClient;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** {@code /api/v1/series}, {@code /api/v1/labels}, {@code /api/v1/label/<name>/values}. */
final class LabelsEndpoint implements HttpEndpoint {
  private static final String SERIES = "/api/v1/series";
  private static final String NAMES = "/api/v1/labels";
  private static final String VALUES = "/api/v1/label/:name/values";

  private final ApiRoute api;
  private final QueryRunner runner;
  private final LabelClient storage;
  private final QuerySettings settings;

  LabelsEndpoint(ApiRoute api, QueryRunner runner, LabelClient storage, QuerySettings settings) {
    this.api = api;
    this.runner = runner;
    this.storage = storage;
    this.settings = settings;
  }

  @Override
  public void mount(Router router) {
    router.get(SERIES).handler(c -> api.answer(c, "series", this::series));
    router.post(SERIES).handler(c -> api.answer(c, "series", this::series));
    router.delete(SERIES).handler(c -> api.answer(c, "series", LabelsEndpoint::drop));
    router.get(NAMES).handler(c -> api.answer(c, "labels", this::names));
    router.post(NAMES).handler(c -> api.answer(c, "labels", this::names));
    router.get(VALUES).handler(this::values);
    router.post(VALUES).handler(this::values);
  }

  /** Prometheus has the route, and nothing behind it. */
  private static Future<ApiAnswer> drop(ApiRequest request) {
    return Future.failedFuture(new LookoutException(ErrorCode.INTERNAL, "not implemented"));
  }

  private Future<ApiAnswer> series(ApiRequest request) {
    request.parameters().requireWellEncoded();
    if (request.parameters().all("match[]").isEmpty()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "no match[] parameter provided");
    }
    return ask(
        request,
        LabelQuery.Kind.SERIES,
        "",
        result ->
            ApiAnswer.of(ApiData.list(result.series(), JsonBytes::labels), result.truncated()));
  }

  private Future<ApiAnswer> names(ApiRequest request) {
    return ask(request, LabelQuery.Kind.NAMES, "", LabelsEndpoint::strings);
  }

  private void values(RoutingContext context) {
    String path = String.valueOf(context.request().path());
    api.answer(context, "label_values", request -> values(request, path));
  }

  private Future<ApiAnswer> values(ApiRequest request, String path) {
    String name = UtfEscape.unescape(PercentText.labelName(inPath(path)));
    if (name.isEmpty()) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "invalid label name: " + SeriesText.quote(name));
    }
    return ask(request, LabelQuery.Kind.VALUES, name, LabelsEndpoint::strings);
  }

  /** The last but one of its segments, or the one before where there is a slash at the end. */
  private static String inPath(String path) {
    int last = path.lastIndexOf('/', path.length() - 2);
    return path.substring(path.lastIndexOf('/', last - 1) + 1, last);
  }

  private static ApiAnswer strings(LabelResult result) {
    return ApiAnswer.of(ApiData.list(result.strings(), JsonBytes::string), result.truncated());
  }

  private Future<ApiAnswer> ask(
      ApiRequest request,
      LabelQuery.Kind kind,
      String label,
      Function<LabelResult, ApiAnswer> answer) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    long start = parameters.time("start").orElse(-TimeText.MAX_MILLIS);
    long end = parameters.time("end").orElse(TimeText.MAX_MILLIS);
    if (end < start) {
      throw Parameters.invalid("end", "end timestamp must not be before start time");
    }
    List<List<Matcher>> matchers =
        kind == LabelQuery.Kind.SERIES
            ? Parameters.checked("match[]", () -> Selectors.of(parameters))
            : Selectors.of(parameters);
    Gaps gaps = parameters.gaps(settings.partial());
    LabelQuery query = new LabelQuery(kind, request.tenant(), label, matchers, start, end, limit);
    // What is at hand takes no turn, and no change of threads, which would be most of what it
    // costs.
    LabelResult known = storage.known(query);
    return (known != null
            ? Future.succeededFuture(known)
            : runner.ask(() -> storage.ask(query, settings.timeout(), gaps)))
        .map(result -> answer.apply(result).with(gaps));
  }
}
