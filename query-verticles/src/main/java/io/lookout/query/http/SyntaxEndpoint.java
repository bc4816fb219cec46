package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.query.promql.ast.Expr;
import io.lookout.query.promql.ast.Language;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.text.PrettyText;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/** {@code /api/v1/format_query} and {@code /api/v1/parse_query}. */
final class SyntaxEndpoint implements HttpEndpoint {
  private static final String FORMAT = "/api/v1/format_query";
  private static final String PARSE = "/api/v1/parse_query";

  private final ApiRoute api;
  private final Language language;

  SyntaxEndpoint(ApiRoute api, Language language) {
    this.api = api;
    this.language = language;
  }

  @Override
  public void mount(Router router) {
    router.get(FORMAT).handler(c -> api.answer(c, "format_query", this::format));
    router.post(FORMAT).handler(c -> api.answer(c, "format_query", this::format));
    router.get(PARSE).handler(c -> api.answer(c, "parse_query", this::parse));
    router.post(PARSE).handler(c -> api.answer(c, "parse_query", this::parse));
  }

  private Future<ApiAnswer> format(ApiRequest request) {
    return Future.succeededFuture(ApiAnswer.of(ApiData.of(PrettyText.of(expression(request)))));
  }

  private Future<ApiAnswer> parse(ApiRequest request) {
    return Future.succeededFuture(ApiAnswer.of(ApiData.of(ExprJson.of(expression(request)))));
  }

  private Expr expression(ApiRequest request) {
    return Parameters.checked(
        "query", () -> PromqlParser.parse(request.parameters().first("query"), language));
  }
}
