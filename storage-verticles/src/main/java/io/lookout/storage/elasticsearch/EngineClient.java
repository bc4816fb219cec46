package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks the cluster: one host after the other until one answers, a bounded number of times. What is
 * answered with 429 or 5xx is asked again after a while. Where all hosts are known to be away it
 * fails at once, so that queries do not queue up behind a dead engine; now and then one request
 * finds out whether it is back.
 */
final class EngineClient {
  private static final long FIRST_WAIT_MS = 100;
  private static final long LONGEST_WAIT_MS = 5_000;

  private final Vertx vertx;
  private final EngineHttp http;
  private final Hosts hosts;
  private final int attempts;
  private final RandomGenerator random;
  private final EngineMeters meters;

  EngineClient(
      Vertx vertx, ElasticsearchSettings settings, RandomGenerator random, EngineMeters meters) {
    this.vertx = vertx;
    this.http = new EngineHttp(vertx, settings);
    this.hosts = new Hosts(settings.hosts(), random);
    this.attempts = settings.attempts();
    this.random = random;
    this.meters = meters;
    meters.watch(hosts);
  }

  /** The answer, whatever its status; overload only after all attempts. */
  Future<EngineResponse> ask(EngineRequest request) {
    return attempt(request, 1);
  }

  /** Fails with {@link EngineException} for every status but 2xx. */
  Future<EngineResponse> askForSuccess(EngineRequest request) {
    return ask(request)
        .compose(response ->
            response.isSuccess()
                ? Future.succeededFuture(response)
                : Future.failedFuture(new EngineException(request, response)));
  }

  Future<JsonObject> json(EngineRequest request) {
    return askForSuccess(request).map(EngineResponse::json);
  }

  private Future<EngineResponse> attempt(EngineRequest request, int number) {
    long now = nowMs();
    Optional<Host> next = hosts.next(now);
    if (next.isPresent()) {
      return send(next.get(), request, number);
    }
    long rest = hosts.restMs(now);
    if (number < attempts && rest <= waitBound(number)) {
      return after(rest + 1).compose(rested -> attempt(request, number + 1));
    }
    return Future.failedFuture(new EngineException("no host of it answers: " + hosts.troubles()));
  }

  private Future<EngineResponse> send(Host host, EngineRequest request, int number) {
    meters.requests.increment();
    return http.send(host.url(), request)
        .transform(sent -> {
          if (sent.failed()) {
            return unanswered(host, request, number, sent.cause());
          }
          return answered(host, request, number, sent.result());
        });
  }

  private Future<EngineResponse> answered(
      Host host, EngineRequest request, int number, EngineResponse response) {
    host.answered();
    if (!response.isOverload()) {
      return Future.succeededFuture(response);
    }
    meters.overloads.increment();
    if (number >= attempts) {
      return Future.succeededFuture(response);
    }
    return after(random.nextLong(waitBound(number) / 2, waitBound(number) + 1))
        .compose(rested -> attempt(request, number + 1));
  }

  private Future<EngineResponse> unanswered(
      Host host, EngineRequest request, int number, Throwable cause) {
    if (cause instanceof EngineException) {
      return Future.failedFuture(cause);
    }
    meters.failures.increment();
    host.failed("has failed with " + cause.getMessage(), nowMs());
    if (number < attempts && request.repeatable()) {
      return attempt(request, number + 1);
    }
    return Future.failedFuture(
        new EngineException(
            host.url() + " has not answered " + request + ": " + cause.getMessage(), cause));
  }

  /** How long to wait at most before the next attempt. */
  private static long waitBound(int number) {
    return Math.min(FIRST_WAIT_MS << Math.min(number, 10), LONGEST_WAIT_MS);
  }

  Future<Void> after(long ms) {
    return Future.future(promise -> vertx.setTimer(Math.max(1, ms), fired -> promise.complete()));
  }

  /** A wait before work is offered again, longer each time. */
  Future<Void> rest(int failures) {
    return after(random.nextLong(waitBound(failures) / 2, waitBound(failures) + 1));
  }

  boolean isUp() {
    return hosts.up() > 0;
  }

  private static long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  Future<Void> close() {
    return http.close();
  }
}
