package io.lookout.app.transfer;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks an instance which metrics it has. */
final class MetricNames {
  private MetricNames() {}

  /**
   * @param url of the instance, with a slash at its end
   * @param tenant empty for the one without a name
   * @param selector of series; empty for all
   * @param start ms
   * @param end ms
   */
  static List<String> of(URI url, String tenant, String selector, long start, long end)
      throws ImportException {
    String match =
        selector.isEmpty() ? "" : "&match[]=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
    URI names =
        url.resolve(
            "api/v1/label/__name__/values?start="
                + start / 1000.0
                + "&end="
                + end / 1000.0
                + match.replace("[]", "%5B%5D"));
    HttpRequest.Builder request = HttpRequest.newBuilder(names);
    if (!tenant.isEmpty()) {
      request.header("X-Scope-OrgID", tenant);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new ImportException(names + " answers " + answer.statusCode() + " " + answer.body());
      }
      JsonArray data = new JsonObject(answer.body()).getJsonArray("data", new JsonArray());
      return data.stream().map(String::valueOf).toList();
    } catch (IOException | DecodeException e) {
      throw new ImportException(names + " cannot be read: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImportException("interrupted");
    }
  }
}
