package io.lookout.app.test;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.query.promql.script.Answer;
import io.lookout.query.promql.script.ScriptStorage;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A started instance: samples go in by remote write and are asked for by the query API. What was
 * cleared stays behind under the name of a tenant that nobody asks for any more.
 */
final class HttpStorage implements ScriptStorage {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String run;
  private int generation;
  private WriteRequest request = new WriteRequest();
  private boolean loaded;

  /**
   * @param url of the instance, without a path
   * @param run a name that no other run against the instance has
   */
  HttpStorage(URI url, String run) {
    String text = url.toString();
    this.url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.run = run;
  }

  @Override
  public boolean showsHistograms() {
    return true;
  }

  @Override
  public void clear() {
    write();
    generation++;
  }

  @Override
  public void load(Labels series, SampleColumns samples) {
    request.add(series, samples);
    loaded = true;
  }

  private void write() {
    if (!loaded) {
      return;
    }
    HttpResponse<String> response =
        send(
            "/api/v1/write",
            WriteRequest.CONTENT_TYPE,
            BodyPublishers.ofByteArray(request.toByteArray()));
    if (response.statusCode() / 100 != 2) {
      throw new UncheckedIOException(
          new IOException(
              url
                  + " does not take the samples of a load: "
                  + response.statusCode()
                  + " "
                  + response.body().strip()));
    }
    request = new WriteRequest();
    loaded = false;
  }

  @Override
  public Answer instant(String expression, long time) {
    return ask("/api/v1/query", expression, "&time=" + seconds(time));
  }

  @Override
  public Answer range(String expression, long start, long end, long step) {
    return ask(
        "/api/v1/query_range",
        expression,
        "&start=" + seconds(start) + "&end=" + seconds(end) + "&step=" + seconds(step));
  }

  private Answer ask(String path, String expression, String times) {
    write();
    String form = "query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8) + times;
    HttpResponse<String> response =
        send(path, "application/x-www-form-urlencoded", BodyPublishers.ofString(form));
    try {
      return ApiAnswers.of(new JsonObject(response.body()));
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      return new Answer.Failed(
          "no answer of the query API: " + response.statusCode() + " " + response.body());
    }
  }

  /**
   * What the instance has switched on that scripts do not expect, and how it is switched off; empty
   * where there is nothing, or the instance does not tell.
   */
  String advice() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/features")).timeout(PATIENCE).build();
      JsonObject answer = new JsonObject(send(request).body());
      boolean typed =
          answer
              .getJsonObject("data", new JsonObject())
              .getJsonObject("promql", new JsonObject())
              .getBoolean("type_and_unit_labels", false);
      return typed
          ? "The instance tells counters by types too, which scripts may not expect: "
              + "--set query.features.off=type-and-unit-labels has it go by names alone."
          : "";
    } catch (DecodeException | ClassCastException | UncheckedIOException e) {
      return "";
    }
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }

  private HttpResponse<String> send(String path, String type, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Content-Type", type)
            .header("Content-Encoding", type.contains("protobuf") ? "snappy" : "identity")
            .header("X-Scope-OrgID", run + "-" + generation)
            .POST(body)
            .build();
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(url + " cannot be asked: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
