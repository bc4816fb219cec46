package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** White lists that SOFALookout's clients are sent. */
class SofaLookoutListsTest {
  private static HttpResponse<String> ask(TestNode node, String known)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/datas"))
            .header("app", "shop")
            .header("Conf-Id", known)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  @Test
  void clientsWithOtherListsAreSentThese() throws Exception {
    try (TestNode node =
        TestNode.start(
            """
            scrape.self: false
            sofalookout.names: [jvm., orders]
            sofalookout.tags: [zone=z1]
            """)) {
      HttpResponse<String> first = ask(node, "");
      JsonObject lists = new JsonObject(first.body());

      assertThat(first.headers().firstValue("Conf-Refresh")).isPresent();
      assertThat(lists.getJsonObject("config").encode())
          .isEqualTo("{\"name_pre_wl\":\"jvm.,orders\",\"tag_wl\":\"zone=z1\"}");
      HttpResponse<String> second = ask(node, lists.getString("id"));
      assertThat(second.headers().firstValue("Conf-Refresh")).isEmpty();
      assertThat(second.body()).isEqualTo("OK");
    }
  }

  @Test
  void withoutListsNothingIsSent() throws Exception {
    try (TestNode node = TestNode.start("scrape.self: false")) {
      assertThat(ask(node, "").headers().firstValue("Conf-Refresh")).isEmpty();
    }
  }
}
