package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.ValueType;
import io.lookout.query.promql.exec.OperatorReport;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.value.Annotation;
import io.lookout.query.promql.value.Steps;
import io.lookout.query.run.QueryAnswer;
import io.lookout.query.run.QueryRequest;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.RunningQuery;
import io.lookout.query.select.Gaps;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code /api/v1/query} and {@code /api/v1/query_range}. */
final class QueryEndpoint implements HttpEndpoint {
  private static final int MAX_ANNOTATIONS = 10;
  private static final String INSTANT = "/api/v1/query";
  private static final String RANGE = "/api/v1/query_range";

  private final ApiRoute api;
  private final QueryRunner runner;
  private final QuerySettings settings;
  private final boolean downsampled;
  private final Clock clock;

  QueryEndpoint(
      ApiRoute api, QueryRunner runner, QuerySettings settings, boolean downsampled, Clock clock) {
    this.downsampled = downsampled;
    this.api = api;
    this.runner = runner;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    router.get(INSTANT).handler(c -> api.answer(c, "query", this::instant));
    router.post(INSTANT).handler(c -> api.answer(c, "query", this::instant));
    router.get(RANGE).handler(c -> api.answer(c, "query_range", this::range));
    router.post(RANGE).handler(c -> api.answer(c, "query_range", this::range));
  }

  Future<ApiAnswer> instant(ApiRequest request) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    long time = parameters.time("time").orElseGet(clock::millis);
    Duration timeout = parameters.timeout().orElse(settings.timeout());
    Expr expr = expression(parameters);
    Query query = query(Steps.instant(time), true, parameters);
    return run(request, expr, query, timeout, limit);
  }

  Future<ApiAnswer> range(ApiRequest request) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    long start = parameters.requiredTime("start");
    long end = parameters.requiredTime("end");
    if (end < start) {
      throw Parameters.invalid("end", "end timestamp must not be before start time");
    }
    long step = parameters.requiredDuration("step");
    if (step <= 0) {
      throw Parameters.invalid(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    checkPoints((end - start) / step);
    Duration timeout = parameters.timeout().orElse(settings.timeout());
    Expr expr = expression(parameters);
    if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          "invalid parameter \"query\": invalid expression type \""
              + expr.type().documentedName()
              + "\" for range query, must be Scalar or instant Vector");
    }
    return run(
        request, expr, query(new Steps(start, end, step), false, parameters), timeout, limit);
  }

  private void checkPoints(long intervals) {
    if (intervals > settings.maxPoints()) {
      throw new LookoutException(
          ErrorCode.BAD_DATA,
          String.format(
              Locale.ROOT,
              "exceeded maximum resolution of %,d points per timeseries. Try decreasing the query"
                  + " resolution (?step=XX) or raising query.points.max",
              settings.maxPoints()));
    }
  }

  private Expr expression(Parameters parameters) {
    return Parameters.checked(
        "query", () -> PromqlParser.parse(parameters.first("query"), settings.language()));
  }

  private Query query(Steps steps, boolean instant, Parameters parameters) {
    return new Query(
        steps,
        instant,
        lookback(parameters.first("lookback_delta")),
        settings.subqueryStep().toMillis(),
        settings.language(),
        downsampled);
  }

  /** As in Prometheus, what is not positive stands for the setting. */
  private long lookback(String text) {
    long ordinary = settings.lookback().toMillis();
    if (text.isEmpty()) {
      return ordinary;
    }
    try {
      long asked = TimeText.durationMillis(text);
      return asked <= 0 ? ordinary : asked;
    } catch (LookoutException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "error parsing lookback delta duration: " + e.getMessage(), e);
    }
  }

  private Future<ApiAnswer> run(
      ApiRequest request, Expr expr, Query query, Duration timeout, int limit) {
    if (timeout.toMillis() <= 0) {
      return Future.failedFuture(
          new LookoutException(ErrorCode.TIMEOUT, "query timed out in query execution"));
    }
    Parameters parameters = request.parameters();
    String text = parameters.first("query");
    Gaps gaps = parameters.gaps(settings.partial());
    boolean explain = parameters.isTrue("explain");
    RunningQuery running =
        runner.run(new QueryRequest(request.tenant(), text, expr, query, timeout, explain, gaps));
    request.onClose().accept(running::cancel);
    return running.answer().map(answer -> answer(answer, parameters, limit).with(gaps));
  }

  private static ApiAnswer answer(QueryAnswer answer, Parameters parameters, int limit) {
    String text = parameters.first("query");
    LimitedResult result = LimitedResult.of(answer.result().value(), limit);
    List<String> warnings = texts(answer.result().warnings(), "warning", text);
    if (result.truncated()) {
      warnings.add("results truncated due to limit");
    }
    return new ApiAnswer(
        ResultData.of(result.value(), extras(answer, parameters)),
        warnings,
        texts(answer.result().infos(), "info", text));
  }

  private static String extras(QueryAnswer answer, Parameters parameters) {
    String statistics =
        parameters.first("stats").isEmpty() ? "" : ",\"stats\":" + StatisticsJson.of(answer);
    OperatorReport operators = answer.operators();
    return operators == null
        ? statistics
        : statistics + ",\"explain\":" + ExplainJson.of(answer, operators);
  }

  /** As many as Prometheus shows, and how many more there are. */
  private static List<String> texts(List<Annotation> annotations, String kind, String query) {
    List<String> texts = new ArrayList<>();
    annotations.stream().limit(MAX_ANNOTATIONS).forEach(each -> texts.add(each.render(query)));
    if (annotations.size() > MAX_ANNOTATIONS) {
      int more = annotations.size() - MAX_ANNOTATIONS;
      texts.add(more + " more " + kind + " annotations omitted");
    }
    return texts;
  }
}
