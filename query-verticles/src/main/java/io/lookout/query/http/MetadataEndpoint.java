package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.Gaps;
import io.lookout.query.select.LabelClient;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /api/v1/metadata}. */
final class MetadataEndpoint implements HttpEndpoint {
  private final ApiRoute api;
  private final LabelClient storage;
  private final QuerySettings settings;

  MetadataEndpoint(ApiRoute api, LabelClient storage, QuerySettings settings) {
    this.api = api;
    this.storage = storage;
    this.settings = settings;
  }

  @Override
  public void mount(Router router) {
    router.get("/api/v1/metadata").handler(c -> api.answer(c, "metadata", this::metadata));
  }

  private Future<ApiAnswer> metadata(ApiRequest request) {
    Parameters parameters = request.parameters();
    // Clients of Prometheus ask with −1 for everything; 0 means the same elsewhere in its API.
    long limit = parameters.count("limit");
    long perMetric = parameters.count("limit_per_metric");
    String metric = parameters.first("metric");
    LabelQuery query =
        new LabelQuery(
            LabelQuery.Kind.METADATA,
            request.tenant(),
            "",
            List.of(),
            -TimeText.MAX_MILLIS,
            TimeText.MAX_MILLIS,
            0);
    Gaps gaps = request.parameters().gaps(settings.partial());
    return storage
        .ask(query, settings.timeout(), gaps)
        .map(result -> answer(result, metric, limit, perMetric).with(gaps));
  }

  private static ApiAnswer answer(LabelResult result, String metric, long limit, long perMetric) {
    Map<String, List<MetricMetadata>> families = new TreeMap<>();
    for (MetricMetadata each : result.metadata()) {
      if (metric.isEmpty() || metric.equals(each.metricFamily())) {
        List<MetricMetadata> family =
            families.computeIfAbsent(each.metricFamily(), name -> new ArrayList<>());
        if (isRoom(family, perMetric)) {
          family.add(each);
        }
      }
    }
    List<Map.Entry<String, List<MetricMetadata>>> entries = new ArrayList<>();
    for (Map.Entry<String, List<MetricMetadata>> family : families.entrySet()) {
      if (isRoom(entries, limit)) {
        entries.add(family);
      }
    }
    return ApiAnswer.of(new MetadataData(entries));
  }

  private static boolean isRoom(List<?> list, long limit) {
    return limit <= 0 || list.size() < limit;
  }
}
