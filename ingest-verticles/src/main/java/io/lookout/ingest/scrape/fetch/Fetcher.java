package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess;
import io.lookout.ingest.scrape.config.HttpAccess.Credentials;
import io.lookout.ingest.scrape.config.HttpAccess.Secret;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
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
        call(wish)
            .compose(connections::exchange)
            .compose(received -> answer(received, wish))
            .timeout(wish.timeout().toMillis(), TimeUnit.MILLISECONDS);
    // A time-out comes from a thread of its own.
    Context context = vertx.getOrCreateContext();
    return Future.future(
        promise -> got.onComplete(done -> context.runOnContext(run -> promise.handle(done))));
  }

  private Future<Call> call(Wish wish) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("User-Agent", "Lookout");
    wish.headers().forEach(headers::set);
    if (wish.compressed()) {
      headers.set("Accept-Encoding", "gzip");
    }
    List<Future<?>> pending = new ArrayList<>();
    access
        .headers()
        .forEach((name, values) ->
            values.forEach(value ->
                pending.add(
                    Secrets.read(vertx, value).onSuccess(text -> headers.add(name, text)))));
    access
        .authorization()
        .ifPresent(credentials ->
            pending.add(
                authorization(credentials).onSuccess(text -> headers.set("Authorization", text))));
    Call call =
        new Call(
            HttpMethod.GET,
            wish.url(),
            headers,
            Buffer.buffer(),
            access.followRedirects(),
            wish.limit(),
            wish.timeout());
    return Future.all(pending).map(call);
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

  private Future<Answer> answer(Received received, Wish wish) {
    if (received.status() != 200) {
      return Future.failedFuture(
          new LookoutException(
              ErrorCode.UNAVAILABLE,
              "server returned HTTP status " + received.status() + " " + received.reason()));
    }
    String type = received.headers().get("Content-Type");
    String encoding = received.headers().get("Content-Encoding");
    return decompressed(received.body(), encoding, wish.limit())
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
