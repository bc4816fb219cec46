package io.lookout.ingest.scrape.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks: the header that a server sees, redirects included. */
class CredentialsTest {
  @TempDir private Path directory = Path.of("");

  private final FetchCase given = new FetchCase();
  private final List<String> forms = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile int status = 200;
  private volatile int lifetime = 3600;
  private String url = "";

  @BeforeEach
  void serve() {
    HttpServer server = given.serve(this::answer);
    url = "http://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void stop() {
    given.close();
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/token" -> token(request);
      case "/here" -> redirect(request, "/metrics");
      case "/there" -> redirect(request, url.replace("127.0.0.1", "localhost") + "/metrics");
      default ->
          request
              .response()
              .end(request.getHeader("Authorization") + "|" + request.getHeader("X-Scope"));
    }
  }

  private static void redirect(HttpServerRequest request, String to) {
    request.response().setStatusCode(302).putHeader("Location", to).end();
  }

  private void token(HttpServerRequest request) {
    request
        .body()
        .onSuccess(form -> {
          forms.add(request.getHeader("Authorization") + " " + form);
          JsonObject answer =
              new JsonObject()
                  .put("access_token", "token-" + tokens.incrementAndGet())
                  .put("token_type", "Bearer")
                  .put("expires_in", lifetime);
          request.response().setStatusCode(status).end(answer.encode());
        });
  }

  private Fetcher job(String fields) {
    return given.fetcher(directory, fields);
  }

  private String asked(Fetcher fetcher) {
    return given.fetch(fetcher, url + "/metrics");
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void filesAreReadForEachRequest() throws IOException {
    Path user = Files.writeString(directory.resolve("user"), "ann\n");
    Path word = Files.writeString(directory.resolve("word"), " one\n");
    Path scope = Files.writeString(directory.resolve("scope"), "x\n");
    Fetcher fetcher =
        job(
            "basic_auth: {username_file: user, password_file: word},"
                + " http_headers: {X-Scope: {files: [scope]}}");
    assertThat(asked(fetcher)).isEqualTo(basic("ann:one") + "|x");
    Files.writeString(user, "bob");
    Files.writeString(word, "two");
    Files.writeString(scope, "y");
    assertThat(asked(fetcher)).isEqualTo(basic("bob:two") + "|y");
    Files.delete(word);
    assertThatThrownBy(() -> asked(fetcher)).hasMessageContaining("unable to read file " + word);
  }

  @Test
  void authorizationMayBeOfAnyType() throws IOException {
    Files.writeString(directory.resolve("secret"), "abc\n");
    assertThat(asked(job("authorization: {type: Token, credentials: xyz}")))
        .startsWith("Token xyz|");
    assertThat(asked(job("authorization: {credentials_file: secret}"))).startsWith("Bearer abc|");
    assertThat(asked(job("bearer_token_file: secret"))).startsWith("Bearer abc|");
  }

  @Test
  void credentialsStayWithTheirHost() {
    Fetcher fetcher =
        job("basic_auth: {username: a, password: b}, http_headers: {X-Scope: {values: [z]}}");
    assertThat(given.fetch(fetcher, url + "/here")).isEqualTo(basic("a:b") + "|z");
    assertThat(given.fetch(fetcher, url + "/there")).isEqualTo("null|z");
  }

  @Test
  void redirectsAreFollowedWhereTheJobSaysSo() {
    assertThatThrownBy(() -> given.fetch(job("follow_redirects: false"), url + "/here"))
        .hasMessageContaining("server returned HTTP status 302 Found");
  }

  private Fetcher oauth2(String more) {
    return job(
        "oauth2: {client_id: 'the id', client_secret_file: secret, token_url: '"
            + url
            + "/token', scopes: [read, list], endpoint_params: {audience: a b}"
            + more
            + "}");
  }

  @Test
  void tokensAreFetchedOnceWhileTheyAreValid() throws IOException {
    Files.writeString(directory.resolve("secret"), "s:1");
    Fetcher fetcher = oauth2("");
    assertThat(asked(fetcher)).startsWith("Bearer token-1|");
    assertThat(asked(fetcher)).startsWith("Bearer token-1|");
    assertThat(forms)
        .containsExactly(
            basic("the+id:s%3A1") + " grant_type=client_credentials&scope=read+list&audience=a+b");
  }

  @Test
  void tokensAreFetchedAnewBeforeTheyExpire() throws IOException {
    Files.writeString(directory.resolve("secret"), "s");
    lifetime = 10;
    Fetcher fetcher = oauth2("");
    assertThat(asked(fetcher)).startsWith("Bearer token-1|");
    assertThat(asked(fetcher)).startsWith("Bearer token-2|");
  }

  @Test
  void aTokenThatIsRefusedIsAskedForAgain() throws IOException {
    Files.writeString(directory.resolve("secret"), "s");
    status = 401;
    Fetcher fetcher = oauth2("");
    assertThatThrownBy(() -> asked(fetcher))
        .hasMessageContaining("oauth2: cannot fetch token: HTTP status 401");
    status = 200;
    assertThat(asked(fetcher)).startsWith("Bearer token-2|");
  }
}
