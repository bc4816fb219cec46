package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/**
 * Each limit of a tenant, as a sender over remote write meets it: the status, the name of the
 * limit, and the counter; what is within the limit is kept, and other tenants are not bound by it.
 */
class TenantLimitsTest {
  private static final Wire WIRE = Wire.all().getFirst();
  private static final String OTHER = "unbound";

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(
            directory,
            "limits.tenants=series/series=2,rate/rate=1,rate/burst=10,count/labels.count=3,"
                + "name/labels.name.length=8,value/labels.value.length=4,future/future=60",
            "ingest.future.limit=1h");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  private static HttpResponse<String> send(String tenant, Point... points) throws IOException {
    List<String> headers = new ArrayList<>(WIRE.headers());
    headers.addAll(List.of("Content-Encoding", WIRE.coding(), "X-Scope-OrgID", tenant));
    return lookout.post(
        WIRE.path(), Snappy.compress(WIRE.body(points)), headers.toArray(new String[0]));
  }

  /** The tenant's is refused in part, for this reason; any other tenant's is taken. */
  private static void refused(
      String tenant, int status, String limit, String reason, int samples, Point... points)
      throws IOException {
    assertThat(send(OTHER, points).statusCode()).isEqualTo(WIRE.success());
    double before = lookout.rejected(WIRE.protocol(), reason);
    HttpResponse<String> answer = send(tenant, points);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(limit);
    assertThat(lookout.rejected(WIRE.protocol(), reason) - before).isEqualTo(samples);
  }

  /** How many series of the metric the tenant has. */
  private static int series(String tenant, String metric) {
    return labels(tenant, metric).size();
  }

  private static JsonArray labels(String tenant, String metric) {
    String body = lookout.get("/api/v1/series?match[]=" + metric, "X-Scope-OrgID", tenant).body();
    return new JsonObject(body).getJsonArray("data");
  }

  private static Point point(String metric) {
    return Point.of(metric, System.currentTimeMillis());
  }

  @Test
  void activeSeries() throws IOException {
    Point[] three = {
      point("active").with("i", "1"), point("active").with("i", "2"), point("active").with("i", "3")
    };
    refused("series", 400, "limits.series is 2", "series_limit", 1, three);
    assertThat(series("series", "active")).isEqualTo(2);
    assertThat(series(OTHER, "active")).isEqualTo(3);
    // Series that are there already are not bound. Which of the three are is for the shards to say:
    // they admit side by side.
    String there = labels("series", "active").getJsonObject(0).getString("i");
    assertThat(send("series", point("active").with("i", there)).statusCode()).isEqualTo(204);
  }

  @Test
  void rateAndBurst() throws IOException {
    Point[] ten = new Point[10];
    for (int i = 0; i < ten.length; i++) {
      ten[i] = point("fast").with("i", Integer.toString(i));
    }
    assertThat(send("rate", ten).statusCode()).as("a burst").isEqualTo(204);
    refused("rate", 429, "limits.rate allows: 1 samples/s, 10 at once", "rate_limit", 10, ten);
  }

  @Test
  void labelCount() throws IOException {
    Point[] points = {
      point("ok_count").with("a", "1"), point("many").with("a", "1", "b", "2", "c", "3")
    };
    refused("count", 400, "ingest.labels.count is 3", "too_many_labels", 1, points);
    assertThat(series("count", "ok_count")).isEqualTo(1);
    assertThat(series("count", "many")).isZero();
  }

  @Test
  void labelNameLength() throws IOException {
    Point[] points = {point("ok_name").with("a", "1"), point("long_name").with("ninechars", "1")};
    refused("name", 400, "ingest.labels.name.length is 8", "label_name_too_long", 1, points);
    assertThat(series("name", "ok_name")).isEqualTo(1);
    assertThat(series("name", "long_name")).isZero();
  }

  @Test
  void labelValueLength() throws IOException {
    Point[] points = {point("ok").with("a", "1234"), point("up").with("a", "12345")};
    refused("value", 400, "ingest.labels.value.length is 4", "label_value_too_long", 1, points);
    assertThat(series("value", "ok")).isEqualTo(1);
    assertThat(series("value", "up")).isZero();
  }

  @Test
  void ageInTheFuture() throws IOException {
    long now = System.currentTimeMillis();
    Point[] points = {Point.of("soon", now), Point.of("much_later", now + 1_800_000)};
    String limit = "60s in the future (ingest.future.limit)";
    refused("future", 400, limit, "too_far_in_future", 1, points);
    assertThat(series("future", "soon")).isEqualTo(1);
  }
}
