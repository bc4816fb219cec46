package io.lookout.sdk;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two daemon threads: one takes a snapshot each interval and puts its requests into the buffer; the
 * other sends them in order. Thus an unreachable server does not stop the sampling.
 */
final class Push implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Push.class.getName());
  private static final int SERIES_OF_REQUEST = 5_000;

  private final LookoutConfig config;
  private final PrometheusRegistry metrics;
  private final Clock clock;
  private final RequestEncoder encoder;
  private final RequestBuffer buffer;
  private final RemoteWrite remote;
  private final Pauses pauses = new Pauses(new SplittableRandom());
  private final ScheduledExecutorService sampling =
      Executors.newSingleThreadScheduledExecutor(work -> daemon("lookout-sample", work));
  private final Thread sending = daemon("lookout-push", this::sendAll);
  private final Counter taken;
  private final Counter refused;
  private final Counter dropped;
  private boolean reachable = true;

  private Push(LookoutConfig config, LookoutMeterRegistry meters, Clock clock) {
    this.config = config;
    this.clock = clock;
    metrics = meters.getPrometheusRegistry();
    encoder =
        new RequestEncoder(
            Map.of("job", config.job(), "instance", config.instance()), SERIES_OF_REQUEST);
    buffer = new RequestBuffer(config.bufferBytes());
    remote = new RemoteWrite(config);
    taken = counter(meters, "taken");
    refused = counter(meters, "refused");
    dropped = counter(meters, "dropped");
    Gauge.builder("lookout.sdk.buffer", buffer, RequestBuffer::bytes)
        .description("Requests that wait for Lookout.")
        .baseUnit("bytes")
        .register(meters);
  }

  static Push start(LookoutConfig config, LookoutMeterRegistry meters, Clock clock) {
    Push push = new Push(config, meters, clock);
    long interval = config.interval().toMillis();
    // Ends with the executor only: sample() throws nothing.
    var unused =
        push.sampling.scheduleAtFixedRate(push::sample, interval, interval, TimeUnit.MILLISECONDS);
    push.sending.start();
    return push;
  }

  private static Counter counter(MeterRegistry meters, String outcome) {
    return Counter.builder("lookout.sdk.requests")
        .description("Requests to Lookout by what became of them.")
        .tag("outcome", outcome)
        .register(meters);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A meter whose function throws must not end the sampling for ever. */
  private void sample() {
    try {
      for (byte[] request : encoder.encode(metrics.scrape(), clock.wallTime())) {
        int lost = buffer.add(request);
        dropped.increment(lost);
      }
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, "No sample was taken of the meters; the next try is an interval later", e);
    }
  }

  private void sendAll() {
    try {
      for (var next = buffer.take(); next.isPresent(); next = buffer.take()) {
        sendUntilAnswered(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In order: a series' samples must not overtake each other. A closed registry tries once. */
  private void sendUntilAnswered(byte[] request) throws InterruptedException {
    Optional<Answer.Later> later = sendOnce(request);
    while (later.isPresent() && !buffer.isClosed()) {
      buffer.pause(pauses.millis(later.get().afterMillis()));
      later = sendOnce(request);
    }
    if (later.isPresent()) {
      dropped.increment();
    }
  }

  private Optional<Answer.Later> sendOnce(byte[] request) throws InterruptedException {
    Answer answer = remote.send(request);
    if (answer instanceof Answer.Later later) {
      tellOnce(later.why());
      return Optional.of(later);
    }
    if (answer instanceof Answer.Refused refusal) {
      refused.increment();
      LOG.log(Level.WARNING, "Metrics were refused and are lost: " + refusal.why());
    } else {
      taken.increment();
      reachable = true;
    }
    pauses.reset();
    return Optional.empty();
  }

  private void tellOnce(String why) {
    if (reachable) {
      LOG.log(Level.WARNING, "Metrics wait in memory until Lookout takes them: " + why);
    }
    reachable = false;
  }

  @Override
  public void close() {
    sampling.shutdown();
    try {
      sampling.awaitTermination(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      sample();
      buffer.close();
      sending.join(config.timeout().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sending.interrupt();
  }
}
