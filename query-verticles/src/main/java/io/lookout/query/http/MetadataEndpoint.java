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
    int limit = parameters.first("limit").startsWith("-") ? 0 : parameters.limit();
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
        .map(result -> answer(result, metric, limit).with(gaps));
  }

  private static ApiAnswer answer(LabelResult result, String metric, int limit) {
    Map<String, List<MetricMetadata>> families = new TreeMap<>();
    for (MetricMetadata each : result.metadata()) {
      if (metric.isEmpty() || metric.equals(each.metricFamily())) {
        families.computeIfAbsent(each.metricFamily(), name -> new ArrayList<>()).add(each);
      }
    }
    List<Map.Entry<String, List<MetricMetadata>>> entries = new ArrayList<>(families.entrySet());
    boolean cut = limit > 0 && entries.size() > limit;
    return ApiAnswer.of(new MetadataData(cut ? entries.subList(0, limit) : entries));
  }
}
