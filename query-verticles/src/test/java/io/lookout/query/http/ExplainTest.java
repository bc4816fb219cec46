package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final String SUM = "query=sum(rate(up%5B1m%5D))";

  private final ApiFixture api = new ApiFixture();

  ExplainTest() {
    api.storage
        .add(Labels.of("__name__", "up", "job", "a"), 15_000, 1, 2, 3, 4, 5)
        .add(Labels.of("__name__", "up", "job", "b"), 15_000, 1, 2, 3, 4, 5);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static JsonObject data(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return new JsonObject(Buffer.buffer(response.body())).getJsonObject("data");
  }

  private static void isOperator(
      JsonObject node, String text, int series, int samples, int loaded) {
    assertThat(node.getString("operator")).isEqualTo(text);
    assertThat(node.getInteger("series")).isEqualTo(series);
    assertThat(node.getInteger("samples")).isEqualTo(samples);
    assertThat(node.getInteger("samplesLoaded")).isEqualTo(loaded);
    assertThat(node.getDouble("seconds")).isNotNegative();
  }

  @Test
  void thePlanTellsWhatEachOperatorDid() {
    JsonObject data = data(api.get("/api/v1/query?time=60&explain=true&" + SUM));
    assertThat(data.getJsonArray("result")).hasSize(1);
    JsonObject explain = data.getJsonObject("explain");
    JsonObject root = explain.getJsonObject("plan");
    isOperator(root, "sum", 1, 1, 0);
    JsonObject rate = root.getJsonArray("children").getJsonObject(0);
    isOperator(rate, "rate over #0[__name__=\"up\"] window 60000 ms", 2, 2, 8);
    assertThat(rate.getJsonArray("children")).isEqualTo(new JsonArray());
    assertThat(explain.getJsonArray("selections"))
        .isEqualTo(
            new JsonArray("[{\"matchers\":\"[__name__=\\\"up\\\"]\",\"start\":0.001,\"end\":60}]"));
    assertThat(explain.getInteger("samplesRead")).isEqualTo(8);
    assertThat(explain.getMap()).containsKeys("queuedSeconds", "fetchSeconds", "evaluationSeconds");
  }

  @Test
  void rangesAreExplainedToo() {
    String form = SUM + "&start=30&end=60&step=15&explain=true";
    JsonObject data = data(api.post("/api/v1/query_range", form));
    isOperator(data.getJsonObject("explain").getJsonObject("plan"), "sum", 1, 3, 0);
  }

  @Test
  void nothingIsExplainedUnasked() {
    assertThat(data(api.get("/api/v1/query?" + SUM)).containsKey("explain")).isFalse();
    assertThat(data(api.get("/api/v1/query?explain=&" + SUM)).containsKey("explain")).isFalse();
  }

  @Test
  void deepPlansAreExplained() {
    String query = "-(".repeat(240) + "up" + ")".repeat(240);
    HttpResponse<byte[]> response = api.post("/api/v1/query?explain=true", "query=" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("\"operator\":\"negate vector\"", "select #0");
  }
}
