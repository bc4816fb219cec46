package io.lookout.storage.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of blocks whose bytes are not what was written: each once, for as many as it remembers. */
public final class Damage {
  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);
  private static final int REMEMBERED = 10_000;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();
  private final Counter blocks;

  /**
   * @param store how its metrics are called: one counter for each
   */
  public Damage(String store, MeterRegistry meters) {
    blocks =
        Counter.builder("lookout." + store + ".damaged.blocks")
            .description("Blocks that could not be read and were left out of answers")
            .register(meters);
  }

  public void report(String blockId, Exception cause) {
    if (reported.size() < REMEMBERED && reported.add(blockId)) {
      blocks.increment();
      LOG.warn("Block {} is damaged and left out of answers: {}", blockId, cause.getMessage());
    }
  }
}
