package io.lookout.query.http;

import io.lookout.cluster.Readiness;
import io.lookout.cluster.resolution.DownsamplingSettings;
import io.lookout.cluster.settings.Settings;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.query.run.QueryRunner;
import io.lookout.query.run.QuerySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions that a node asks itself when it has become ready, one after the other: what answers
 * them is loaded then, and a JVM that has noted its work before begins to compile it, so that
 * nobody's first dashboard waits for that. All are about {@code up}, which every scraped target
 * has, and about little time: what they cost hardly depends on what the node holds. Some are asked
 * by a pattern, which are never so small that the thread which asks answers them.
 */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int LOOK_AGAIN_MS = 250;
  private static final int RANGE_SECONDS = 600;
  private static final int STEP_SECONDS = 15;

  /** One of each kind: selectors, functions, aggregations, operators. */
  static final List<String> QUESTIONS =
      List.of(
          "up",
          "sum by (job) (up)",
          "rate(up[5m])",
          "sum by (job) (rate(up{job=~\".+\"}[5m]))",
          "topk(10, max_over_time(up{job=~\".+\"}[5m]))",
          "1 - up",
          "up + up{job=~\".+\"}",
          "histogram_quantile(0.99, sum by (le) (rate({__name__=~\"up|up_bucket\"}[5m])))");

  private final QueryEndpoint queries;
  private final Clock clock;

  public WarmUp(Settings all, MeterRegistry meters, Clock clock, QueryRunner runner) {
    QuerySettings settings = all.of(QuerySettings.class);
    ApiRoute api = new ApiRoute(settings.maxBody().bytes(), meters);
    boolean downsampled = all.of(DownsamplingSettings.class).enabled();
    this.queries = new QueryEndpoint(api, runner, settings, downsampled, clock);
    this.clock = clock;
  }

  /** Asks once, when the node is ready. */
  public void begin(Vertx vertx, Readiness readiness) {
    vertx.setPeriodic(
        LOOK_AGAIN_MS,
        timer -> {
          if (readiness.isReady()) {
            vertx.cancelTimer(timer);
            ask();
          }
        });
  }

  /** How many were answered. Never fails: what cannot be answered yet is left. */
  Future<Integer> ask() {
    Future<Integer> count = Future.succeededFuture(0);
    for (Supplier<Future<ApiAnswer>> question : questions(clock.millis() / 1000)) {
      count =
          count.compose(before ->
              question
                  .get()
                  .map(answer -> before + written(answer))
                  .otherwise(failure -> {
                    note(failure);
                    return before;
                  }));
    }
    return count;
  }

  private static void note(Throwable failure) {
    if (failure instanceof LookoutException) {
      LOG.debug("A question of the warm-up was not answered: {}", failure.getMessage());
    } else {
      LOG.error("A question of the warm-up failed", failure);
    }
  }

  private List<Supplier<Future<ApiAnswer>>> questions(long now) {
    List<Supplier<Future<ApiAnswer>>> questions = new ArrayList<>();
    for (String each : QUESTIONS) {
      String query = "query=" + URLEncoder.encode(each, StandardCharsets.UTF_8);
      long start = now - RANGE_SECONDS;
      ApiRequest instant = request(query + "&time=" + now);
      ApiRequest range =
          request(query + "&start=" + start + "&end=" + now + "&step=" + STEP_SECONDS);
      questions.add(() -> queries.instant(instant));
      questions.add(() -> queries.range(range));
    }
    return questions;
  }

  private static ApiRequest request(String query) {
    return new ApiRequest(SeriesKey.ANONYMOUS, "", Parameters.of("", query), stop -> {});
  }

  /** 1; as bytes for nobody. */
  private static int written(ApiAnswer answer) {
    AnswerBody body = new AnswerBody(answer);
    JsonBytes part = new JsonBytes();
    while (body.write(part)) {
      part.clear();
    }
    return 1;
  }
}
