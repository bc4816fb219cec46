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
 *   waited for less than SOON ── looks for LINGER ─┬─ bytes came:   looks again after them
 *                                                  └─ they did not: sleeps
 *   waited for longer ────────── sleeps
 * </pre>
 *
 * <p>Whoever looks in vain takes a processor from those who work: after it the loop does not look
 * for some waits, twice as many each time, until it has mostly been right again. A load keeps it
 * asleep so, and a client that asks and waits keeps it awake.
 *
 * <p>Used by one event loop.
 */
final class LingeringSelect implements SelectStrategy {
  /** After so short a wait the next one is expected to be short too, ns. */
  static final long SOON = 200_000;

  /**
   * So long is looked for the next, ns: what it takes to wake up, twice: the client first, then us.
   */
  static final long LINGER = 100_000;

  /** So many waits are slept through after having looked in vain once; twice as many each time. */
  static final int FEWEST_SKIPPED = 8;

  static final int MOST_SKIPPED = 64;

  /** So often in a row something came: what was in vain before is forgotten. */
  static final int OFTEN = 64;

  private final LongSupplier nanos;

  /** What the loop does: it works, looks, or sleeps. */
  private enum State {
    AT_WORK,
    LOOKING,
    ASLEEP
  }

  private State state = State.AT_WORK;
  private long since;
  private boolean expecting;
  private int toSkip;
  private int nextSkipped = FEWEST_SKIPPED;
  private int inARow;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  LingeringSelect(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on whether others go first.
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (state == State.ASLEEP) {
      state = State.AT_WORK;
      expecting = nanos.getAsLong() - since < SOON;
    }
    if (hasTasks) {
      if (state == State.LOOKING) {
        inVain();
      }
      return selectNow.get();
    }
    if (state == State.AT_WORK) {
      since = nanos.getAsLong();
      if (!expecting || toSkip > 0) {
        toSkip = Math.max(0, toSkip - 1);
        return sleep();
      }
      state = State.LOOKING;
    }
    int ready = selectNow.get();
    if (ready > 0) {
      came();
      return ready;
    }
    if (nanos.getAsLong() - since < LINGER) {
      Thread.yield(); // Whoever is ready goes first: perhaps it is the client, to ask the next.
      return CONTINUE;
    }
    inVain();
    return sleep();
  }

  private int sleep() {
    state = State.ASLEEP;
    return SELECT;
  }

  private void came() {
    state = State.AT_WORK;
    inARow++;
    if (inARow == OFTEN) {
      nextSkipped = FEWEST_SKIPPED;
    }
  }

  private void inVain() {
    state = State.AT_WORK;
    inARow = 0;
    toSkip = nextSkipped;
    nextSkipped = Math.min(MOST_SKIPPED, 2 * nextSkipped);
  }
}
