package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExemplarsTest {
  private static final String PATH = "/api/v1/query_exemplars";
  private static final String A =
      "{\"seriesLabels\":{\"__name__\":\"a_bucket\",\"le\":\"1\"},\"exemplars\":["
          + "{\"labels\":{\"trace_id\":\"x\"},\"value\":\"6\",\"timestamp\":1600096945.479}]}";
  private static final String B =
      "{\"seriesLabels\":{\"__name__\":\"b\"},\"exemplars\":["
          + "{\"labels\":{},\"value\":\"NaN\",\"timestamp\":1600096946}]}";

  private ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    api.storage
        .exemplar(
            Labels.of("__name__", "b"), new Exemplar(Labels.EMPTY, Double.NaN, 1600096946000L))
        .exemplar(
            Labels.of("__name__", "a_bucket", "le", "1"),
            new Exemplar(Labels.of("trace_id", "x"), 6, 1600096945479L));
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String ask(String query, String more) {
    return new String(
        api.get(PATH + "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + more).body(),
        StandardCharsets.UTF_8);
  }

  private static String success(String data) {
    return "{\"status\":\"success\",\"data\":[" + data + "]}";
  }

  @Test
  void allSeriesOfTheExpressionCount() {
    assertThat(ask("b", "")).isEqualTo(success(B));
    assertThat(
            ask(
                "histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m]))) + -(max_over_time(b[1h:5m]))",
                ""))
        .isEqualTo(success(A + "," + B));
    assertThat(ask("topk(scalar(b), a_bucket{le=\"1\"})", "")).isEqualTo(success(A + "," + B));
    assertThat(ask("a_bucket{le=\"2\"}", "")).isEqualTo(success(""));
  }

  @Test
  void onlyThoseOfTheTimeCount() {
    assertThat(ask("a_bucket or b", "&start=1600096946&end=1600096999")).isEqualTo(success(B));
    assertThat(ask("a_bucket or b", "&end=2020-09-14T15:22:25.479Z")).isEqualTo(success(A));
  }

  @Test
  void theListIsEmptyAndNeverNull() {
    assertThat(ask("1 + 1", "")).isEqualTo(success(""));
    assertThat(ask("test", "&start=1795293805994&end=1795293805995")).isEqualTo(success(""));
  }

  @Test
  void aFormIsReadToo() {
    assertThat(new String(api.post(PATH, "query=b").body(), StandardCharsets.UTF_8))
        .isEqualTo(success(B));
  }

  /** Extensions and features are on or off for exemplars as they are for queries. */
  @Test
  void theLanguageIsThatOfTheSettings() {
    assertThat(ask("increase2(b[5m])", "")).contains("\"bad_data\"", "increase2");
    api.close();
    api =
        new ApiFixture(
            "query.extensions=sofalookout", "query.features.off=promql-experimental-functions");
    fill();
    assertThat(ask("increase2(b[5m])", "")).isEqualTo(success(B));
    assertThat(ask("mad_over_time(b[5m])", "")).contains("\"bad_data\"", "mad_over_time");
  }

  @Test
  void badInputIsToldSo() {
    assertThat(ask("b", "&start=5&end=4"))
        .contains("\"bad_data\"", "end timestamp must not be before start timestamp");
    assertThat(ask("b(", "")).contains("\"bad_data\"", "parse error");
    assertThat(api.get(PATH).statusCode()).isEqualTo(400);
  }
}
