package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.LabelClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;

/** {@code /api/v1/status/tsdb}: what is in memory of a tenant, and which labels it is made of. */
final class TsdbEndpoint implements HttpEndpoint {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT = 10_000;

  private final ApiRoute api;
  private final LabelClient storage;
  private final QuerySettings settings;

  TsdbEndpoint(ApiRoute api, LabelClient storage, QuerySettings settings) {
    this.api = api;
    this.storage = storage;
    this.settings = settings;
  }

  @Override
  public void mount(Router router) {
    router.get("/api/v1/status/tsdb").handler(c -> api.answer(c, "status_tsdb", this::statistics));
  }

  private Future<ApiAnswer> statistics(ApiRequest request) {
    HeadQuery query = new HeadQuery(request.tenant(), limit(request.parameters().first("limit")));
    Gaps gaps = request.parameters().gaps(settings.partial());
    return storage
        .head(query, settings.timeout(), gaps)
        .map(head -> ApiAnswer.of(ApiData.of(json(head))).with(gaps));
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit < 1) {
        throw new LookoutException(ErrorCode.BAD_DATA, "limit must be a positive number");
      }
      if (limit > MAX_LIMIT) {
        throw new LookoutException(ErrorCode.BAD_DATA, "limit must not exceed " + MAX_LIMIT);
      }
      return limit;
    } catch (NumberFormatException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "limit must be a positive number", e);
    }
  }

  private static JsonObject json(HeadResult head) {
    return new JsonObject()
        .put(
            "headStats",
            new JsonObject()
                .put("numSeries", head.series())
                .put("numLabelPairs", head.labelPairs())
                .put("chunkCount", head.chunks())
                .put("minTime", head.minTime())
                .put("maxTime", head.maxTime()))
        .put("seriesCountByMetricName", list(head.seriesByMetric()))
        .put("labelValueCountByLabelName", list(head.valuesByLabel()))
        .put("memoryInBytesByLabelName", list(head.bytesByLabel()))
        .put("seriesCountByLabelValuePair", list(head.seriesByPair()));
  }

  private static JsonArray list(List<HeadResult.Count> counts) {
    JsonArray list = new JsonArray();
    counts.forEach(
        each -> list.add(new JsonObject().put("name", each.name()).put("value", each.count())));
    return list;
  }
}
