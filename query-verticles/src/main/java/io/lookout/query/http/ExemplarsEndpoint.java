package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.ExemplarQuery;
import io.lookout.model.bus.ExemplarResult.SeriesExemplars;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.ast.VectorSelector;
import io.lookout.query.promql.ast.VectorSelectors;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.LabelClient;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.List;

/** {@code /api/v1/query_exemplars}: the exemplars of all series that an expression selects. */
final class ExemplarsEndpoint implements HttpEndpoint {
  private static final String PATH = "/api/v1/query_exemplars";

  private final ApiRoute api;
  private final LabelClient storage;
  private final QuerySettings settings;
  private final Language language;

  ExemplarsEndpoint(ApiRoute api, LabelClient storage, QuerySettings settings) {
    this.api = api;
    this.storage = storage;
    this.settings = settings;
    this.language = settings.language();
  }

  @Override
  public void mount(Router router) {
    router.get(PATH).handler(c -> api.answer(c, "query_exemplars", this::exemplars));
    router.post(PATH).handler(c -> api.answer(c, "query_exemplars", this::exemplars));
  }

  private Future<ApiAnswer> exemplars(ApiRequest request) {
    Parameters parameters = request.parameters();
    long start = parameters.time("start").orElse(-TimeText.MAX_MILLIS);
    long end = parameters.time("end").orElse(TimeText.MAX_MILLIS);
    if (end < start) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "end timestamp must not be before start timestamp");
    }
    Expr expr = PromqlParser.parse(parameters.first("query"), language);
    List<List<Matcher>> selectors =
        VectorSelectors.of(expr).stream().map(VectorSelector::matchers).distinct().toList();
    if (selectors.isEmpty()) {
      return Future.succeededFuture(answer(List.of()));
    }
    Gaps gaps = parameters.gaps(settings.partial());
    return storage
        .exemplars(
            new ExemplarQuery(request.tenant(), selectors, start, end), settings.timeout(), gaps)
        .map(series -> answer(series).with(gaps));
  }

  private static ApiAnswer answer(List<SeriesExemplars> series) {
    return ApiAnswer.of(ApiData.list(series, ExemplarsEndpoint::write));
  }

  private static void write(JsonBytes out, SeriesExemplars series) {
    out.raw("{\"seriesLabels\":").labels(series.labels()).raw(",\"exemplars\":");
    char separator = '[';
    for (Exemplar each : series.exemplars()) {
      out.raw(separator).raw("{\"labels\":").labels(each.labels());
      out.raw(",\"value\":").value(each.value());
      out.raw(",\"timestamp\":").timestamp(each.time()).raw('}');
      separator = ',';
    }
    out.raw("]}");
  }
}
