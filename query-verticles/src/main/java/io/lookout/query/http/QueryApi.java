package io.lookout.query.http;

import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.cluster.resolution.DownsamplingSettings;
import io.lookout.cluster.settings.Settings;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.run.QueryWorkers;
import io.lookout.query.select.LabelClient;
import io.lookout.query.select.SelectClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** All endpoints of the query API. One for every event loop. */
public final class QueryApi implements HttpEndpoint {
  private final List<HttpEndpoint> endpoints;

  /**
   * @param started when the node started
   */
  public QueryApi(
      Settings all,
      MeterRegistry meters,
      Clock clock,
      QueryRunner runner,
      QueryWorkers workers,
      SelectClient storage,
      LabelClient labels,
      Instant started) {
    QuerySettings settings = all.of(QuerySettings.class);
    ApiRoute api = new ApiRoute(settings.maxBody().bytes(), meters);
    endpoints =
        List.of(
            new QueryEndpoint(
                api, runner, settings, all.of(DownsamplingSettings.class).enabled(), clock),
            new LabelsEndpoint(api, runner, labels, settings),
            new MetadataEndpoint(api, labels, settings),
            new ExemplarsEndpoint(api, labels, settings),
            new TsdbEndpoint(api, labels, settings),
            new SyntaxEndpoint(api, settings.language()),
            new RemoteReadEndpoint(api, all, storage, runner, workers),
            new FederateEndpoint(storage, settings, clock),
            new RulesEndpoint(api),
            new OpenApiEndpoint(),
            new StatusEndpoint(api, all, clock, started));
  }

  @Override
  public void mount(Router router) {
    endpoints.forEach(endpoint -> endpoint.mount(router));
  }
}
