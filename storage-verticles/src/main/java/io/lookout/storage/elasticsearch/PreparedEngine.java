package io.lookout.storage.elasticsearch;

import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine, once it was found good: before that, every operation asks for it to be prepared, all
 * of them together once. After a failure that somebody must have caused, such as an alias that was
 * taken away, it is looked at again. Thread-safe.
 */
final class PreparedEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PreparedEngine.class);

  private final Preparation preparation;
  private final EngineMeters meters;

  /** Told what is wrong, or nothing when all is good. */
  private final Consumer<String> verdict;

  private @Nullable Future<Engine> engine;

  PreparedEngine(Preparation preparation, EngineMeters meters, Consumer<String> verdict) {
    this.preparation = preparation;
    this.meters = meters;
    this.verdict = verdict;
  }

  synchronized Future<Engine> engine() {
    Future<Engine> known = engine;
    if (known == null || known.failed()) {
      known = preparation.prepare();
      engine = known;
      known.onSuccess(this::good).onFailure(this::bad);
    }
    return known;
  }

  private void good(Engine found) {
    if (meters.prepared.getAndSet(1) == 0) {
      LOG.info("The block store is in {}", found);
    }
    verdict.accept("");
  }

  private void bad(Throwable failure) {
    meters.prepared.set(0);
    if (failure instanceof IncompatibleException incompatible) {
      LOG.error("The block store cannot be used: {}", incompatible.getMessage());
      verdict.accept(incompatible.getMessage());
    }
  }

  /** What was asked for is not there: look again before the next operation. */
  synchronized void doubt(Throwable failure) {
    if (failure instanceof EngineException e && e.status() == 404) {
      engine = null;
    }
  }
}
