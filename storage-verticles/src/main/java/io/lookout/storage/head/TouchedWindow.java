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
  private long samples;

  TouchedWindow(HeadWindows windows, long length) {
    this.windows = windows;
    this.length = length;
  }

  boolean holds(long time) {
    return time >= from && time < to;
  }

  /** One more sample. */
  void count() {
    samples++;
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
    if (samples > 0) {
      windows.count(from, samples);
      samples = 0;
    }
    to = Long.MIN_VALUE;
  }
}
