package io.lookout.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a process that cannot be relied on to end itself: whatever broke a part of it may break what
 * stops the others. Nothing that was acknowledged needs an orderly end. Made while all is well, so
 * that it needs neither memory nor classes then.
 */
final class LastResort {
  private final Thread thread;
  private final AtomicBoolean begun = new AtomicBoolean();

  /**
   * @param time that the process has to end by itself
   * @param status that it ends with else
   */
  LastResort(Duration time, int status) {
    CountDownLatch never = new CountDownLatch(1);
    long millis = time.toMillis();
    thread =
        Thread.ofPlatform()
            .name("lookout-last-resort")
            .daemon()
            .unstarted(() -> {
              try {
                boolean unused = never.await(millis, TimeUnit.MILLISECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(status);
            });
  }

  /** The time begins, unless it has. */
  void begin() {
    if (begun.compareAndSet(false, true)) {
      thread.start();
    }
  }
}
