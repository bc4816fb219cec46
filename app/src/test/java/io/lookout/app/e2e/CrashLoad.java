package io.lookout.app.e2e;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Writes as fast as it is answered, over several connections, and remembers what it was told. */
final class CrashLoad {
  private static final int WRITERS = 3;

  private final AtomicLong lastTime = new AtomicLong();
  private final Set<Long> attempted = ConcurrentHashMap.newKeySet();
  private final Map<Long, Double> acknowledged = new ConcurrentHashMap<>();

  /** Times of writes of which some were not answered. */
  Set<Long> attempted() {
    return attempted;
  }

  Map<Long, Double> acknowledged() {
    return acknowledged;
  }

  long lastTime() {
    return lastTime.get();
  }

  /**
   * Writes until the server is gone.
   *
   * @param writes acknowledged ones, after which {@code kill} is run, in the midst of others
   */
  void run(String url, int writes, Runnable kill) throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(writes);
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        running.add(CompletableFuture.runAsync(() -> write(url, enough), writers));
      }
      enough.await();
      kill.run();
      running.forEach(CompletableFuture::join);
    }
  }

  private void write(String url, CountDownLatch enough) {
    while (tryWrite(url)) {
      enough.countDown();
    }
    // Where it ends early nobody is left to count.
    while (enough.getCount() > 0) {
      enough.countDown();
    }
  }

  /** Whether to go on: false when no answer comes. */
  private boolean tryWrite(String url) {
    long time = lastTime.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
    attempted.add(time);
    try {
      HttpResponse<String> answer = Samples.send(url, time, value(time)).join();
      if (answer.statusCode() == 204) {
        acknowledged.put(time, value(time));
      }
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  static double value(long time) {
    return time % 1000;
  }
}
