package io.lookout.cluster.http;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * An event loop that has just waited for a moment only looks again for a moment before it goes to
 * sleep: who asks one small question after the other has the next one sent sooner than a processor
 * wakes up, which on a virtual machine takes as long as the answer. A loop for which nothing comes
 * sleeps at once, as long as it takes.
 *
 * <pre>
 *   waited for less than SOON ── looks for LINGER ─┬─ something came: looks again after it
 *                                                  └─ nothing came:   sleeps
 *   waited for longer ────────── sleeps
 * </pre>
 *
 * <p>Used by one event loop.
 */
final class LingeringSelect implements SelectStrategy {
  /** After so short a wait the next one is expected to be short too, ns. */
  static final long SOON = 100_000;

  /** So long is looked for the next, ns: about what waking up takes. */
  static final long LINGER = 50_000;

  private final LongSupplier nanos;
  private boolean asleep;
  private boolean idle;
  private boolean expecting;
  private long idleSince;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  LingeringSelect(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (asleep) {
      asleep = false;
      idle = false;
      expecting = nanos.getAsLong() - idleSince < SOON;
    }
    int ready = hasTasks || expecting ? selectNow.get() : 0;
    if (hasTasks || ready > 0) {
      idle = false;
      return ready;
    }
    long now = nanos.getAsLong();
    if (!idle) {
      idle = true;
      idleSince = now;
    }
    if (expecting && now - idleSince < LINGER) {
      Thread.onSpinWait();
      return CONTINUE;
    }
    asleep = true;
    return SELECT;
  }
}
