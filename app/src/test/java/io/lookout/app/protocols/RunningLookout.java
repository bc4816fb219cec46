package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.app.node.LookoutNode;
import io.lookout.app.node.Startup;
import io.lookout.cluster.http.BuildInfo;
import io.lookout.cluster.settings.HostPort;
import io.lookout.cluster.settings.Settings;
import io.lookout.ingest.IngestRole;
import io.lookout.query.QueryRole;
import io.lookout.storage.StorageRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** All of Lookout in the process of the test, on loopback, on ports that were free. */
public final class RunningLookout implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Each node draws its id from another seed: two of a cluster must not have the same. */
  private static final SplittableRandom NAMES = new SplittableRandom(1);

  private final LookoutNode node;
  private final IngestRole ingest;

  private RunningLookout(LookoutNode node, IngestRole ingest) {
    this.node = node;
    this.ingest = ingest;
  }

  public static RunningLookout start(Path data, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("http.listen=127.0.0.1:0");
    all.add("gateway.listen=127.0.0.1:0");
    all.add("scrape.self=false");
    all.add("node.data=" + data);
    IngestRole ingest = new IngestRole();
    LookoutNode node =
        new Startup(
                Settings.with(all.toArray(new String[0])),
                List.of(new StorageRole(), new QueryRole(), ingest),
                new BuildInfo("test", ""),
                names())
            .run();
    return new RunningLookout(node, ingest);
  }

  private static synchronized SplittableRandom names() {
    return NAMES.split();
  }

  public int port() {
    return node.ports().http().port();
  }

  int gatewayPort() {
    return node.ports().gateway().orElseThrow().port();
  }

  /** The port of a single protocol, by the setting that holds its address. */
  int port(String setting) {
    HostPort tcp = ingest.listening().get(setting);
    return Objects.requireNonNull(tcp == null ? node.ports().others().get(setting) : tcp).port();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Sends text to a path and returns the answer. */
  public HttpResponse<String> post(String path, String body, String... headers) {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Sends bytes to a path and returns the answer. */
  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    return send(
        with(HttpRequest.newBuilder(URI.create(url() + path)), headers)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Names and values in turn. */
  private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  public HttpResponse<String> send(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> get(String path, String... headers) {
    return send(with(HttpRequest.newBuilder(URI.create(url() + path)), headers).build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join();
  }

  /** The result of an instant query now. */
  public JsonArray query(String expression) {
    HttpResponse<String> response =
        get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("data").getJsonArray("result");
  }

  /** The value of an expression that selects one series. */
  public double value(String expression) {
    JsonArray result = query(expression);
    assertThat(result).as(expression).hasSize(1);
    String value = result.getJsonObject(0).getJsonArray("value").getString(1);
    return switch (value) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }

  /** What Lookout's own metrics say of samples that were refused. */
  public double rejected(String protocol, String reason) {
    return metric(
        "lookout_ingest_rejected_samples_total{protocol=\""
            + protocol
            + "\",reason=\""
            + reason
            + "\"}");
  }

  /** One of Lookout's own metrics, as its text has it; 0 where there is none. */
  public double metric(String series) {
    String line = series + " ";
    return get("/metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
        .sum();
  }

  @Override
  public void close() {
    node.stop();
  }
}
