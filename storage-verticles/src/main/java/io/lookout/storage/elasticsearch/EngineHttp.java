package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Sends one request to one host: connections, credentials, compression, and bounds. */
final class EngineHttp {
  private static final int COMPRESSED_FROM = 1024;

  private final HttpClient client;
  private final ElasticsearchSettings settings;
  private final String prefix;
  private final @Nullable String authorization;

  EngineHttp(Vertx vertx, ElasticsearchSettings settings) {
    this.settings = settings;
    this.prefix = prefix(settings.prefix());
    this.authorization = authorization(settings);
    this.client =
        vertx.createHttpClient(
            options(settings), new PoolOptions().setHttp1MaxSize(settings.connections()));
  }

  private static HttpClientOptions options(ElasticsearchSettings settings) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout((int) settings.connectTimeout().toMillis())
            .setDecompressionSupported(settings.gzip())
            .setKeepAliveTimeout(30);
    settings
        .ca()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    return options;
  }

  private static String prefix(String text) {
    String path = EngineUrl.withoutSlash(text);
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  private static @Nullable String authorization(ElasticsearchSettings settings) {
    if (!settings.user().isEmpty()) {
      String pair = settings.user() + ":" + settings.password();
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    } else if (!settings.apiKey().isEmpty()) {
      return "ApiKey " + settings.apiKey();
    }
    return settings.bearerToken().isEmpty() ? null : "Bearer " + settings.bearerToken();
  }

  /** Fails where no whole answer comes in time; every status is an answer. */
  Future<EngineResponse> send(EngineUrl host, EngineRequest request) {
    return client
        .request(options(host, request))
        .compose(sending -> {
          Future<EngineResponse> answer =
              sending.send(body(sending, request.body())).compose(this::collect);
          return answer
              .timeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
              .onFailure(failure -> sending.reset());
        });
  }

  private RequestOptions options(EngineUrl host, EngineRequest request) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost(host.host())
            .setPort(host.port())
            .setSsl(host.tls())
            .setURI(host.path() + prefix + request.path())
            .setConnectTimeout(settings.connectTimeout().toMillis())
            .putHeader("Accept", request.answer().contentType);
    if (request.body().length() > 0) {
      options.putHeader("Content-Type", request.form().contentType);
    }
    if (authorization != null) {
      options.putHeader("Authorization", authorization);
    }
    return options;
  }

  private Buffer body(HttpClientRequest sending, Buffer body) {
    if (!settings.gzip() || body.length() < COMPRESSED_FROM) {
      return body;
    }
    sending.putHeader("Content-Encoding", "gzip");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** The body as it arrives, as long as it stays within its bound. */
  private Future<EngineResponse> collect(HttpClientResponse response) {
    Promise<EngineResponse> collected = Promise.promise();
    long bound = settings.responseMax().bytes();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(collected::tryFail);
    response.handler(part -> {
      if (body.length() + (long) part.length() > bound) {
        collected.tryFail(
            new EngineException(
                "an answer is larger than storage.elasticsearch.response.max ("
                    + bound
                    + " bytes)"));
      } else {
        body.appendBuffer(part);
      }
    });
    response.endHandler(end ->
        collected.tryComplete(
            new EngineResponse(
                response.statusCode(),
                "Elasticsearch".equals(response.getHeader("X-elastic-product")),
                body)));
    return collected.future();
  }

  Future<Void> close() {
    return client.close();
  }
}
