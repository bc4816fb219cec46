package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FederateTest {
  private final ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    api.storage
        .add(Labels.of("__name__", "up", "job", "a", "instance", "i"), 15_000, 1, 1, 0.5, 1, 1)
        .add(Labels.of("__name__", "up", "job", "b"), 15_000, 0, 0, 0, 0, 5e8)
        .add(Labels.of("__name__", "requests.total", "service.name", "ü"), 15_000, 1, 2, 4, 8, 16);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static String path(String selector) {
    return "/federate?match%5B%5D=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
  }

  private static String body(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void newestSamplesSayWhereThereIsNoInstance() {
    assertThat(body(api.get(path("{job=~\".+\"}"))))
        .isEqualTo(
            """
            # TYPE up untyped
            up{instance="i",job="a"} 1 60000
            up{job="b",instance=""} 5e+08 60000
            """);
  }

  @Test
  void namesAreEscapedForWhoTakesNoOthers() {
    HttpResponse<byte[]> response = api.get(path("{\"requests.total\"}"));
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
    assertThat(body(response))
        .isEqualTo(
            """
            # TYPE requests_total untyped
            requests_total{service_name="ü",instance=""} 16 60000
            """);
  }

  @Test
  void namesAreQuotedForWhoTakesAny() {
    HttpResponse<byte[]> response =
        api.send(
            api.request(path("{\"requests.total\"}"))
                .header("Accept", "text/plain;version=1.0.0;escaping=allow-utf-8")
                .build());
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8; escaping=allow-utf-8");
    assertThat(body(response))
        .isEqualTo(
            """
            # TYPE "requests.total" untyped
            {"requests.total","service.name"="ü",instance=""} 16 60000
            """);
  }

  @Test
  void whatASeriesLacksCanBeAskedFor() {
    assertThat(body(api.get(path("{nothing=\"\"}")))).contains("requests_total", "up{");
  }

  @Test
  void aSelectorThatNamesNothingFindsNothing() {
    for (String request : List.of("/federate", path("{}"))) {
      HttpResponse<byte[]> response = api.get(request);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(body(response)).isEmpty();
    }
  }

  @Test
  void whatIsNoSelectorIsRefused() {
    HttpResponse<byte[]> response = api.get(path("sum(up)"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(body(response)).contains("parse error");
    assertThat(body(api.get("/federate?a;b")))
        .isEqualTo("error parsing form values: invalid semicolon separator in query\n");
  }

  @Test
  void messagesAreSentToWhoTakesThem() {
    String type = "application/vnd.google.protobuf";
    String parameters = "proto=io.prometheus.client.MetricFamily";
    HttpResponse<byte[]> response =
        api.send(
            api.request(path("up"))
                .header("Accept", type + ";" + parameters + ";encoding=delimited")
                .build());
    assertThat(response.headers().firstValue("Content-Type"))
        .contains(type + "; " + parameters + "; encoding=delimited; escaping=underscores");
    assertThat(response.body()).startsWith(response.body().length - 1, 10, 2, 'u', 'p');
  }
}
