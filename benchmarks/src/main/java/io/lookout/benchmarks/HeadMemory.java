package io.lookout.benchmarks;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.storage.head.Head;
import io.lookout.storage.head.HeadOptions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/**
 * What a series takes in the head, its labels, postings and samples included: the heap in use after
 * a collection, before and after two hours of scrapes every 15 s and ten minutes of the window that
 * follows, when the first is about to be frozen: as much as a head ever holds. Then what it costs
 * the shard's thread to let that window go, and one with a few late samples.
 *
 * <pre>
 *   java -Xmx6g -cp benchmarks/target/benchmarks.jar io.lookout.benchmarks.HeadMemory 1000000
 * </pre>
 */
public final class HeadMemory {
  private static final long WINDOW = 7_200_000;
  private static final long START = 236_111 * WINDOW;
  private static final long INTERVAL = 15_000;
  private static final int ROUNDS = (int) ((WINDOW + 600_000) / INTERVAL);
  private static final int BATCH = 1000;
  private static final int LATE = 100;

  private final int count;
  private final Head head = new Head(new HeadOptions(WINDOW, 10_000, 20_000, 32 << 20, 200_000));
  private final int[] slots;

  private HeadMemory(int count) {
    this.count = count;
    this.slots = new int[count];
  }

  public static void main(String[] args) {
    int count = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
    new HeadMemory(count).run();
  }

  private void run() {
    long empty = used();
    for (int i = 0; i < count; i++) {
      slots[i] = head.resolve(MixedSeries.key(i));
    }
    report("labels and postings", used() - empty);
    for (int round = 0; round < ROUNDS; round++) {
      scrape(round);
      if (round == 0 || round == 119 || round == 479 || round == ROUNDS - 1) {
        report("after " + (round + 1) + " scrapes", used() - empty);
      }
    }
    timed("freezing the window", () -> head.freeze(START, 1));
    report("the window frozen", used() - empty);
    timed("handing it over", () -> head.frozen(1));
    timed("releasing it", () -> head.release(START, 1, slot -> {}));
    report("the window released", used() - empty);
    late();
  }

  /** A window with few series, as late data makes it. */
  private void late() {
    for (int i = 0; i < LATE; i++) {
      head.append(slots[i], START - 1, 1, null, 0, START);
    }
    timed("freezing a window of " + LATE + " series", () -> head.freeze(START - WINDOW, 2));
    timed("handing it over", () -> head.frozen(2));
    timed("releasing it", () -> head.release(START - WINDOW, 2, slot -> {}));
  }

  /** CPU time: what the shard's thread cannot do anything else in. */
  private static void timed(String what, Runnable work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    long micros = (threads.getCurrentThreadCpuTime() - before) / 1000;
    System.out.printf(Locale.ROOT, "%-36s %,12d us of CPU%n", what, micros);
  }

  private void report(String when, long bytes) {
    System.out.printf(Locale.ROOT, "%-24s %,14d bytes %,8d a series%n", when, bytes, bytes / count);
  }

  private void scrape(int round) {
    SeriesKey any = MixedSeries.key(0);
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      WriteBatch.Builder batch = new WriteBatch.Builder(SeriesKey.ANONYMOUS, size);
      for (int i = from; i < from + size; i++) {
        long time = START + round * INTERVAL + i % 15_000;
        batch.sample(batch.series(any), time, MixedSeries.value(i, round));
      }
      head.append(batch.build(), slots, from, START);
    }
  }

  private static long used() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
