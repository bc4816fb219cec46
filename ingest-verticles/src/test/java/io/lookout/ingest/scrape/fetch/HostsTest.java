package io.lookout.ingest.scrape.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many requests to one host, and hosts that close connections. */
class HostsTest {
  private static final int TARGETS = 50;

  @TempDir private Path directory = Path.of("");

  private final FetchCase given = new FetchCase();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    given.close();
  }

  @ParameterizedTest
  @CsvSource({
    "http://app_1:9100/metrics, app_1, 9100",
    "http://app_1/metrics, app_1, 80",
    "https://app.example, app.example, 443",
    "https://[::1]:8443/x, ::1, 8443",
    "https://[::1]/x, ::1, 443",
    "http://user:word@app:81/, app, 81",
  })
  void hostsAndPortsAreThoseOfTheUrl(String url, String host, int port) {
    Call call =
        new Call(
            HttpMethod.GET,
            URI.create(url),
            MultiMap.caseInsensitiveMultiMap(),
            Buffer.buffer(),
            false,
            1,
            Duration.ofSeconds(1));
    assertThat(call.host()).isEqualTo(host);
    assertThat(call.port()).isEqualTo(port);
  }

  /** As a prober has: one address, many targets, each of which takes its time. */
  @Test
  void oneHostIsAskedAsOftenAtATimeAsItHasTargets() {
    List<HttpServerResponse> waiting = new ArrayList<>();
    int port =
        given
            .serve(request -> {
              waiting.add(request.response());
              if (waiting.size() == TARGETS) {
                waiting.forEach(response -> response.end("all there"));
              }
            })
            .actualPort();
    Fetcher fetcher = given.fetcher(directory, "scheme: http");
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      Fetcher.Wish wish =
          new Fetcher.Wish(
              URI.create("http://127.0.0.1:" + port + "/probe?target=" + i),
              Map.of(),
              false,
              Duration.ofSeconds(50),
              1000);
      Promise<Answer> promise = Promise.promise();
      given.vertx.runOnContext(run -> fetcher.fetch(wish).onComplete(promise));
      answers.add(promise.future());
    }
    assertThat(FetchCase.await(Future.all(answers)).size()).isEqualTo(TARGETS);
  }

  /** Of a server that answers so many requests of a connection, and closes it at the next one. */
  private String closing(int after) {
    int port =
        FetchCase.await(
                given
                    .vertx
                    .createNetServer()
                    .connectHandler(socket -> answer(socket, after, new AtomicInteger()))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    return "http://127.0.0.1:" + port + "/metrics";
  }

  private void answer(NetSocket socket, int after, AtomicInteger answered) {
    socket.handler(head -> {
      asked.incrementAndGet();
      if (answered.getAndIncrement() < after) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nup");
      } else {
        socket.close();
      }
    });
  }

  @Test
  void aConnectionThatIsClosedWhileIdleIsNoFailure() {
    String url = closing(1);
    Fetcher fetcher = given.fetcher(directory, "scheme: http");
    assertThat(given.fetch(fetcher, url)).isEqualTo("up");
    assertThat(given.fetch(fetcher, url)).isEqualTo("up");
    assertThat(asked).hasValue(3);
  }

  @Test
  void aServerThatNeverAnswersIsAskedTwiceAtMost() {
    String url = closing(0);
    Fetcher fetcher = given.fetcher(directory, "scheme: http");
    assertThatThrownBy(() -> given.fetch(fetcher, url)).isNotNull();
    assertThat(asked).hasValue(2);
  }
}
