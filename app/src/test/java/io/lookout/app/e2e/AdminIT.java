package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.process.LookoutProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/admin/tsdb/} as operators use it. */
class AdminIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String[] ENABLED = {
    "--set", "scrape.self=false", "--set", "admin.api.enabled=true"
  };

  @TempDir private Path directory = Path.of("");

  private static HttpResponse<String> post(LookoutProcess node, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/admin/tsdb/" + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void nothingIsDeletedUnlessEnabled() throws IOException, InterruptedException {
    try (LookoutProcess node = LookoutProcess.start(directory, "--set", "scrape.self=false")) {
      HttpResponse<String> answer = post(node, "delete_series?match[]=up");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo(
              "{\"status\":\"error\",\"errorType\":\"unavailable\",\"error\":\"admin APIs disabled\"}");
    }
  }

  @Test
  void aNodeStartsFromASnapshot() throws IOException, InterruptedException {
    long now = System.currentTimeMillis();
    Path data = directory.resolve("data");
    String name;
    try (LookoutProcess node = LookoutProcess.start(directory, ENABLED)) {
      Samples.write(node.url(), now - 60_000, 1);
      HttpResponse<String> answer = post(node, "snapshot");
      assertThat(answer.statusCode()).isEqualTo(200);
      name = new JsonObject(answer.body()).getJsonObject("data").getString("name");
      assertThat(post(node, "delete_series?match[]=%7B__name__%3D~%22.%2B%22%7D").statusCode())
          .isEqualTo(204);
      assertThat(Samples.count(node.url(), now)).isZero();
    }
    Path restored = directory.resolve("restored");
    Files.createDirectories(restored);
    Files.move(data.resolve("snapshots").resolve(name), restored.resolve("data"));
    try (LookoutProcess node = LookoutProcess.start(restored, ENABLED)) {
      assertThat(Samples.count(node.url(), now)).isEqualTo(Samples.SERIES);
    }
  }

  @Test
  void seriesAreDeletedAndStayDeleted() throws IOException, InterruptedException {
    long now = System.currentTimeMillis();
    try (LookoutProcess node = LookoutProcess.start(directory, ENABLED)) {
      Samples.write(node.url(), now - 60_000, 1);
      assertThat(post(node, "delete_series").body()).contains("no match[] parameter provided");
      assertThat(post(node, "snapshot").body()).contains("\"name\":");

      HttpResponse<String> answer =
          post(node, "delete_series?match[]=%7B__name__%3D~%22.%2B%22%7D");

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(Samples.count(node.url(), now)).isZero();
      assertThat(post(node, "clean_tombstones").statusCode()).isEqualTo(204);
    }
    try (LookoutProcess node = LookoutProcess.start(directory, ENABLED)) {
      assertThat(Samples.count(node.url(), now)).isZero();
    }
  }
}
