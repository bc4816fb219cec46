package io.lookout.query.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerThreadsTest {
  private final List<Thread> made = new ArrayList<>();
  private WorkerThreads threads = threads(4, 16);

  private WorkerThreads threads(int most, int mostWaiting) {
    return new WorkerThreads(
        most,
        mostWaiting,
        work -> {
          Thread thread = new Thread(work);
          made.add(thread);
          return thread;
        });
  }

  @AfterEach
  void allThreadsEnd() throws InterruptedException {
    threads.close();
    for (Thread each : made) {
      each.join();
    }
  }

  private void awaitIdle(int count) {
    while (threads.idle() != count) {
      Thread.onSpinWait();
    }
  }

  /** Has a thread work until the latch is down, and says which it is. */
  private Thread busy(CountDownLatch end) throws Exception {
    CompletableFuture<Thread> here = new CompletableFuture<>();
    threads.execute(() -> {
      here.complete(Thread.currentThread());
      await(end);
    });
    return here.get();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoBecameIdleLastWorksFirst() throws Exception {
    List<CountDownLatch> ends = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ends.add(new CountDownLatch(1));
      workers.add(busy(ends.get(i)));
    }
    for (int i : new int[] {1, 2, 0}) {
      ends.get(i).countDown();
      awaitIdle(3 - (int) ends.stream().filter(each -> each.getCount() > 0).count());
    }

    CountDownLatch end = new CountDownLatch(1);
    assertThat(busy(end)).isSameAs(workers.get(0));
    assertThat(busy(end)).isSameAs(workers.get(2));
    assertThat(busy(end)).isSameAs(workers.get(1));
    assertThat(busy(end)).isNotIn(workers);
    end.countDown();
  }

  @Test
  void runsAllThatItTakes() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      senders.add(new Thread(() -> send(20_000, ran, refused)));
    }
    senders.forEach(Thread::start);
    for (Thread each : senders) {
      each.join();
    }
    while (ran.get() + refused.get() < 80_000) {
      Thread.onSpinWait();
    }
    awaitIdle(made.size());

    assertThat(ran.get()).isEqualTo(80_000 - refused.get()).isPositive();
    assertThat(made).hasSizeBetween(1, 4);
  }

  private void send(int count, AtomicInteger ran, AtomicInteger refused) {
    for (int i = 0; i < count; i++) {
      try {
        threads.execute(ran::incrementAndGet);
      } catch (RejectedExecutionException e) {
        refused.incrementAndGet();
      }
    }
  }

  @Test
  void refusesWhatIsBeyondItsBound() throws Exception {
    threads = threads(1, 2);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger ran = new AtomicInteger();
    busy(end);
    threads.execute(ran::incrementAndGet);
    threads.execute(ran::incrementAndGet);

    assertThatThrownBy(() -> threads.execute(ran::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("2 wait");
    end.countDown();
    awaitIdle(1);
    assertThat(ran).hasValue(2);
  }

  @Test
  void outlivesWorkThatFails() throws Exception {
    threads = threads(1, 2);
    Thread worker = busy(new CountDownLatch(0));
    threads.execute(() -> {
      throw new IllegalStateException("a failure that the log shall tell");
    });
    threads.execute(() -> Thread.currentThread().interrupt());
    awaitIdle(1);

    CountDownLatch end = new CountDownLatch(1);
    assertThat(busy(end)).isSameAs(worker);
    end.countDown();
  }

  @Test
  void closingInterruptsAndDropsWhatWaits() throws Exception {
    threads = threads(1, 2);
    AtomicInteger ran = new AtomicInteger();
    Thread worker = busy(new CountDownLatch(1));
    threads.execute(ran::incrementAndGet);
    threads.close();

    worker.join(TimeUnit.SECONDS.toMillis(50));
    assertThat(worker.isAlive()).isFalse();
    assertThat(ran).hasValue(0);
    assertThatThrownBy(() -> threads.execute(ran::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("closed");
  }
}
