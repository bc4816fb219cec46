package io.lookout.storage.head;

/**
 * The window that a sample went to last, so that most samples need two comparisons and no look-up.
 * What it counts is told to the windows when it is left.
 */
final class TouchedWindow {
  private final HeadWindows windows;
  private final long length;
  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;
  private boolean late;
  private long bytes;

  TouchedWindow(HeadWindows windows, long length) {
    this.windows = windows;
    this.length = length;
  }

  boolean holds(long time) {
    return time >= from && time < to;
  }

  /** One more sample, a histogram or not, which is not packed yet. */
  void count(boolean histogram) {
    bytes += histogram ? HeadWindows.HISTOGRAM : HeadWindows.FLOAT;
  }

  /** Whether it was sealed before. */
  boolean isLate() {
    return late;
  }

  /** A sample of another window, or of another batch, comes. */
  void enter(long window, long now) {
    leave();
    from = window;
    to = window + length;
    windows.touch(window, now);
    late = windows.wasSealed(window);
  }

  /** The next sample enters its window, whichever it is. */
  void leave() {
    if (bytes > 0) {
      windows.count(from, bytes);
      bytes = 0;
    }
    to = Long.MIN_VALUE;
  }
}
