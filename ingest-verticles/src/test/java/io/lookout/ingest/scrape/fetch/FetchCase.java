package io.lookout.ingest.scrape.fetch;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.lookout.cluster.TestCertificate;
import io.lookout.ingest.scrape.config.ScrapeConfigs;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Servers on loopback, and fetching from them as a job's fields say. */
final class FetchCase implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
    }
  }

  /** A server on a free port. */
  HttpServer serve(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    return await(vertx.createHttpServer(options).requestHandler(handler).listen(0, "127.0.0.1"));
  }

  HttpServer serve(Handler<HttpServerRequest> handler) {
    return serve(new HttpServerOptions(), handler);
  }

  /** One that shows the one certificate, and trusts clients with the other. */
  HttpServer serve(
      TestCertificate server,
      TestCertificate client,
      ClientAuth clients,
      Handler<HttpServerRequest> handler) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(server.pem().toString())
                    .addKeyPath(server.key().toString()))
            .setClientAuth(clients)
            .setTrustOptions(new PemTrustOptions().addCertPath(client.pem().toString()));
    return serve(options, handler);
  }

  /** What fetches for a job with these fields, as YAML in one line. */
  Fetcher fetcher(Path directory, String fields) {
    String yaml = "scrape_configs: [{job_name: j, " + fields + "}]";
    Path file = directory.resolve("prometheus.yml");
    return new Fetcher(vertx, ScrapeConfigs.parse(file, yaml).get(0).request().access());
  }

  /** The body; throws with the words that a target's problem would have. */
  String fetch(Fetcher fetcher, String url) {
    Promise<Answer> promise = Promise.promise();
    Fetcher.Wish wish =
        new Fetcher.Wish(URI.create(url), Map.of(), false, Duration.ofSeconds(30), 1 << 20);
    vertx.runOnContext(run -> fetcher.fetch(wish).onComplete(promise));
    return new String(await(promise.future()).body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
