package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Credentials.OAuth2;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Tokens by client credentials (RFC 6749, section 4.4), kept until shortly before they expire.
 * Stays on one context.
 */
final class OAuthTokens {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long MAX_BODY = 1 << 20;

  private final Vertx vertx;
  private final OAuth2 config;
  private final Connections connections;
  private Future<String> token = Future.failedFuture("none yet");
  private long validUntil;

  OAuthTokens(Vertx vertx, OAuth2 config) {
    this.vertx = vertx;
    this.config = config;
    this.connections = new Connections(vertx, config.tls(), config.proxy());
  }

  /** A valid token. */
  Future<String> token() {
    boolean valid = token.succeeded() && System.nanoTime() - validUntil < 0;
    if (!valid && token.isComplete()) {
      token = fetch();
    }
    return token;
  }

  private Future<String> fetch() {
    return Secrets.read(vertx, config.clientSecret()).compose(this::ask).map(this::remember);
  }

  private Future<JsonObject> ask(String secret) {
    String pair = encode(config.clientId()) + ":" + encode(secret);
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Content-Type", "application/x-www-form-urlencoded")
            .add("Accept", "application/json")
            .add("Authorization", "Basic " + base64(pair));
    return connections
        .exchange(
            new Call(
                HttpMethod.POST,
                config.tokenUrl(),
                headers,
                Buffer.buffer(form()),
                false,
                MAX_BODY,
                PATIENCE))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(OAuthTokens::answer);
  }

  private static JsonObject answer(Received received) {
    if (received.status() != 200) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, "oauth2: cannot fetch token: HTTP status " + received.status());
    }
    return received.body().toJsonObject();
  }

  private String form() {
    StringBuilder form = new StringBuilder("grant_type=client_credentials");
    if (!config.scopes().isEmpty()) {
      form.append("&scope=").append(encode(String.join(" ", config.scopes())));
    }
    config
        .parameters()
        .forEach((name, value) ->
            form.append('&').append(encode(name)).append('=').append(encode(value)));
    return form.toString();
  }

  private String remember(JsonObject answer) {
    String fetched = answer.getString("access_token");
    if (fetched == null || fetched.isEmpty()) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE, "oauth2: server response missing access_token");
    }
    Number seconds = answer.getNumber("expires_in", 3600);
    validUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds.longValue()) - EARLY_NANOS;
    return fetched;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  void close() {
    connections.close();
  }
}
