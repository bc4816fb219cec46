package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.settings.Settings;
import io.lookout.model.Labels;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.lookout.model.bus.TargetReport.Active;
import io.lookout.model.bus.TargetReport.Dropped;
import io.lookout.query.run.QuerySettings;
import io.lookout.query.select.TargetClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes that scrape, asked through one that answers queries. */
class TargetsEndpointTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  TargetsEndpointTest() {
    Bus bus = Bus.open(vertx);
    await(bus.consumer(Addresses.targets("n1"), TargetQuery.class, query -> report("a", query)));
    await(bus.consumer(Addresses.targets("n2"), TargetQuery.class, query -> report("b", query)));
    Router router = Router.router(vertx);
    new TargetsEndpoint(
            Settings.defaults().of(QuerySettings.class),
            new SimpleMeterRegistry(),
            new TargetClient(bus, () -> List.of("n1", "n2")))
        .mount(router);
    port = await(vertx.createHttpServer().requestHandler(router).listen(0)).actualPort();
  }

  private static Future<TargetReport> report(String name, TargetQuery query) {
    Labels labels = Labels.of("instance", name, "job", "node");
    Active active =
        new Active(
            "node",
            "http://" + name + ":1/metrics",
            Labels.of("__address__", name + ":1"),
            labels,
            "up",
            "",
            1_700_000_000_123L,
            0.25,
            "15s",
            "10s",
            query.metadata()
                ? List.of(new MetricMetadata("m_" + name, "gauge", "Help.", ""))
                : List.of());
    List<Dropped> dropped =
        name.equals("a")
            ? List.of(new Dropped("node", 3, List.of(Labels.of("__address__", "x:1"))))
            : List.of();
    return Future.succeededFuture(
        new TargetReport(List.of("node", "app"), List.of(active), dropped));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  private JsonObject get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
  }

  @Test
  void gathersTheTargetsOfAllNodes() throws IOException, InterruptedException {
    JsonObject data = get("targets").getJsonObject("data");
    assertThat(data.getJsonArray("activeTargets")).hasSize(2);
    assertThat(data.getJsonArray("activeTargets").getJsonObject(0).encode())
        .isEqualTo(
            "{\"discoveredLabels\":{\"__address__\":\"a:1\"},"
                + "\"labels\":{\"instance\":\"a\",\"job\":\"node\"},\"scrapePool\":\"node\","
                + "\"scrapeUrl\":\"http://a:1/metrics\",\"globalUrl\":\"http://a:1/metrics\","
                + "\"lastError\":\"\",\"lastScrape\":\"2023-11-14T22:13:20.123Z\","
                + "\"lastScrapeDuration\":0.25,\"health\":\"up\",\"scrapeInterval\":\"15s\","
                + "\"scrapeTimeout\":\"10s\"}");
    assertThat(data.getJsonArray("droppedTargets")).hasSize(1);
    assertThat(data.getJsonObject("droppedTargetCounts").encode()).isEqualTo("{\"node\":3}");
  }

  @Test
  void filtersByState() throws IOException, InterruptedException {
    JsonObject active = get("targets?state=active").getJsonObject("data");
    assertThat(active.getJsonArray("droppedTargets")).isEmpty();
    JsonObject dropped = get("targets?state=dropped").getJsonObject("data");
    assertThat(dropped.getJsonArray("activeTargets")).isEmpty();
    assertThat(dropped.getJsonArray("droppedTargets")).hasSize(1);
  }

  @Test
  void namesThePools() throws IOException, InterruptedException {
    assertThat(get("scrape_pools").getJsonObject("data").encode())
        .isEqualTo("{\"scrapePools\":[\"app\",\"node\"]}");
  }

  @Test
  void tellsWhatTargetsSayOfTheirFamilies() throws IOException, InterruptedException {
    assertThat(get("targets/metadata").getJsonArray("data")).hasSize(2);
    assertThat(get("targets/metadata?limit=1").getJsonArray("data")).hasSize(1);
    JsonArray one = get("targets/metadata?metric=m_a").getJsonArray("data");
    assertThat(one.encode())
        .isEqualTo(
            "[{\"target\":{\"instance\":\"a\",\"job\":\"node\"},\"type\":\"gauge\","
                + "\"help\":\"Help.\",\"unit\":\"\"}]");
    assertThat(get("targets/metadata?match_target=%7Binstance%3D%22b%22%7D").getJsonArray("data"))
        .hasSize(1);
    assertThat(get("targets/metadata?limit=x").getString("error"))
        .isEqualTo("limit must be a number");
  }
}
