package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsdbStatusTest {
  private final ApiFixture api = new ApiFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void whatIsInMemoryIsCounted() {
    JsonObject data =
        Buffer.buffer(api.get("/api/v1/status/tsdb").body()).toJsonObject().getJsonObject("data");
    assertThat(data.getJsonObject("headStats").encode())
        .isEqualTo(
            "{\"numSeries\":0,\"numLabelPairs\":5,\"chunkCount\":4,\"minTime\":0,"
                + "\"maxTime\":60000}");
    for (String list :
        new String[] {
          "seriesCountByMetricName",
          "labelValueCountByLabelName",
          "memoryInBytesByLabelName",
          "seriesCountByLabelValuePair"
        }) {
      assertThat(data.getJsonArray(list).encode())
          .isEqualTo("[{\"name\":\"up\",\"value\":2},{\"name\":\"requests_total\",\"value\":1}]");
    }
    assertThat(new String(api.get("/api/v1/status/tsdb?limit=1").body(), StandardCharsets.UTF_8))
        .doesNotContain("requests_total");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "99999999999", "10001"})
  void impossibleLimitsAreBadData(String limit) {
    var response = api.get("/api/v1/status/tsdb?limit=" + limit);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("bad_data", "limit must");
  }
}
