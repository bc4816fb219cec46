package io.lookout.ingest.scrape.discovery;

import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.TargetGroups;
import io.lookout.ingest.scrape.fetch.Fetcher;
import io.lookout.ingest.scrape.fetch.Fetcher.Answer;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a server for lists of targets. What it said last counts while it cannot be asked. */
final class HttpSource implements TargetSource {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSource.class);
  private static final long LARGEST = 16L << 20;

  private final Vertx vertx;
  private final Discovery.Http config;
  private final Fetcher fetcher;
  private final Fetcher.Wish wish;
  private long timer = -1;
  private Future<?> asking = Future.succeededFuture();

  HttpSource(Vertx vertx, Discovery.Http config) {
    this.vertx = vertx;
    this.config = config;
    this.fetcher = new Fetcher(vertx, config.access());
    this.wish =
        new Fetcher.Wish(
            config.url(),
            Map.of(
                "Accept",
                "application/json",
                "X-Prometheus-Refresh-Interval-Seconds",
                Double.toString(config.refresh().toMillis() / 1000.0)),
            true,
            config.refresh().compareTo(Duration.ofSeconds(1)) < 0
                ? Duration.ofSeconds(1)
                : config.refresh(),
            LARGEST);
  }

  @Override
  public void start(Consumer<List<TargetGroup>> listener) {
    timer = vertx.setPeriodic(Math.max(1, config.refresh().toMillis()), id -> ask(listener));
    ask(listener);
  }

  private void ask(Consumer<List<TargetGroup>> listener) {
    if (!asking.isComplete()) {
      return;
    }
    asking =
        fetcher
            .fetch(wish)
            .compose(answer -> vertx.executeBlocking(() -> groups(answer), false))
            .onSuccess(groups -> {
              if (timer >= 0) {
                listener.accept(groups);
              }
            })
            .onFailure(failure ->
                LOG.warn("Cannot discover targets at {}: {}", config.url(), failure.toString()));
  }

  private List<TargetGroup> groups(Answer answer) {
    String type = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!type.equals("application/json")) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "unsupported content type \"" + answer.contentType() + "\"");
    }
    String url = config.url().toString();
    return TargetGroups.read(url, new String(answer.body(), StandardCharsets.UTF_8)).stream()
        .map(group -> withUrl(group, url))
        .toList();
  }

  private static TargetGroup withUrl(TargetGroup group, String url) {
    Labels labels = group.labels().toBuilder().set("__meta_url", url).build();
    return new TargetGroup(group.source(), labels, group.targets());
  }

  @Override
  public void stop() {
    vertx.cancelTimer(timer);
    timer = -1;
    fetcher.close();
  }
}
