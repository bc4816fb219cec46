package io.lookout.cluster.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How far the records of one partition are dealt with: they end in any order, and what is committed
 * is the offset behind the last one before which none is open. Not thread-safe.
 */
final class PartitionProgress {
  private final Deque<Open> open = new ArrayDeque<>();
  private long bytes;
  private long next = -1;
  private long committed = -1;
  private boolean paused;
  private boolean lost;

  /** A record that was begun. */
  static final class Open {
    private final long offset;
    private final int bytes;
    private boolean done;

    private Open(long offset, int bytes) {
      this.offset = offset;
      this.bytes = bytes;
    }
  }

  Open begin(long offset, int size) {
    Open record = new Open(offset, size);
    open.add(record);
    bytes += size;
    return record;
  }

  void done(Open record) {
    record.done = true;
    while (!open.isEmpty() && open.getFirst().done) {
      Open first = open.removeFirst();
      bytes -= first.bytes;
      next = first.offset + 1;
    }
  }

  /** Of records that are open, and of those behind them: what a crash would have read again. */
  long bytes() {
    return bytes;
  }

  /** The offset to commit, where it is another than the last one that was. */
  OptionalLong toCommit() {
    return next == committed ? OptionalLong.empty() : OptionalLong.of(next);
  }

  void committed(long offset) {
    committed = offset;
  }

  boolean isPaused() {
    return paused;
  }

  void pause(boolean now) {
    paused = now;
  }

  /** Another member of the group has the partition now. */
  void lose() {
    lost = true;
  }

  boolean isLost() {
    return lost;
  }
}
