package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess;
import io.lookout.ingest.scrape.config.HttpAccess.Credentials;
import io.lookout.ingest.scrape.config.HttpAccess.Secret;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gets documents from servers that one configuration is for. Stays on one context; closed when the
 * configuration goes.
 */
public final class Fetcher {
  private final Vertx vertx;
  private final HttpAccess access;
  private final @Nullable OAuthTokens tokens;
  private final Connections connections;

  /**
   * What was got.
   *
   * @param contentType empty where the server does not say
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, and not compared.
  public record Answer(byte[] body, String contentType) {}

  /**
   * What is wanted.
   *
   * @param headers beside those of the configuration
   * @param limit bytes of the body, decompressed
   */
  public record Wish(
      URI url, Map<String, String> headers, boolean compressed, Duration timeout, long limit) {}

  public Fetcher(Vertx vertx, HttpAccess access) {
    this.vertx = vertx;
    this.access = access;
    this.tokens =
        access.authorization().orElse(null) instanceof Credentials.OAuth2 oauth2
            ? new OAuthTokens(vertx, oauth2)
            : null;
    this.connections = new Connections(vertx, access.tls(), access.proxy());
  }

  static LookoutException tooLarge() {
    return new LookoutException(ErrorCode.TOO_LARGE, "body size limit exceeded");
  }

  /**
   * The body of a 200; fails with words that say what was got instead. Completes on the context of
   * the caller.
   */
  public Future<Answer> fetch(Wish wish) {
    Future<Answer> got =
        options(wish)
            .compose(connections::request)
            .compose(request -> exchange(request, wish))
            .timeout(wish.timeout().toMillis(), TimeUnit.MILLISECONDS);
    // A time-out comes from a thread of its own.
    Context context = vertx.getOrCreateContext();
    return Future.future(
        promise -> got.onComplete(done -> context.runOnContext(run -> promise.handle(done))));
  }

  private Future<Answer> exchange(HttpClientRequest request, Wish wish) {
    return request
        .send()
        .compose(response -> answer(response, wish))
        .timeout(wish.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> request.reset());
  }

  private Future<RequestOptions> options(Wish wish) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(wish.url().toString())
            .setFollowRedirects(access.followRedirects())
            .putHeader("User-Agent", "Lookout");
    wish.headers().forEach(options::putHeader);
    if (wish.compressed()) {
      options.putHeader("Accept-Encoding", "gzip");
    }
    List<Future<?>> pending = new ArrayList<>();
    access
        .headers()
        .forEach((name, values) ->
            values.forEach(value ->
                pending.add(
                    Secrets.read(vertx, value).onSuccess(text -> options.addHeader(name, text)))));
    access
        .authorization()
        .ifPresent(credentials ->
            pending.add(
                authorization(credentials)
                    .onSuccess(text -> options.putHeader("Authorization", text))));
    return Future.all(pending).map(options);
  }

  private Future<String> authorization(Credentials credentials) {
    return switch (credentials) {
      case Credentials.Basic basic -> basic(basic);
      case Credentials.Token token ->
          Secrets.read(vertx, token.value()).map(value -> token.type() + " " + value);
      case Credentials.OAuth2 oauth2 ->
          tokens == null
              ? Future.failedFuture("no tokens for " + oauth2.tokenUrl())
              : tokens.token().map(token -> "Bearer " + token);
    };
  }

  private Future<String> basic(Credentials.Basic basic) {
    Secret password = basic.password();
    return Secrets.read(vertx, basic.user())
        .compose(user ->
            Secrets.read(vertx, password)
                .map(word -> {
                  byte[] pair = (user + ":" + word).getBytes(StandardCharsets.UTF_8);
                  return "Basic " + Base64.getEncoder().encodeToString(pair);
                }));
  }

  private Future<Answer> answer(HttpClientResponse response, Wish wish) {
    if (response.statusCode() != 200) {
      // What is left of the body is not read; that the stream is then reset is no news.
      response.exceptionHandler(reset -> {});
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE,
              "server returned HTTP status "
                  + response.statusCode()
                  + " "
                  + response.statusMessage()));
    }
    String type = response.getHeader("Content-Type");
    String encoding = response.getHeader("Content-Encoding");
    return Bodies.read(response, wish.limit())
        .compose(body -> decompressed(body, encoding, wish.limit()))
        .map(bytes -> new Answer(bytes, type == null ? "" : type));
  }

  /** Large bodies are decompressed beside the event loop. */
  private Future<byte[]> decompressed(Buffer body, @Nullable String encoding, long limit) {
    byte[] bytes = body.getBytes();
    if (encoding == null || encoding.equalsIgnoreCase("identity")) {
      return Future.succeededFuture(bytes);
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      return Future.failedFuture(
          new LookoutException(ErrorCode.BAD_DATA, "unknown Content-Encoding " + encoding));
    }
    return bytes.length < 1 << 12
        ? Future.succeededFuture(bytes).map(in -> Gunzip.apply(in, limit))
        : vertx.executeBlocking(() -> Gunzip.apply(bytes, limit), false);
  }

  public void close() {
    if (tokens != null) {
      tokens.close();
    }
    connections.close();
  }
}
