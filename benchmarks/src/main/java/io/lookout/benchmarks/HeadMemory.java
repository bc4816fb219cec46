package io.lookout.benchmarks;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.storage.head.Head;
import io.lookout.storage.head.HeadOptions;
import java.util.Locale;

/**
 * What a series takes in the head, its labels, postings and samples included: the heap in use after
 * a collection, before and after two hours of scrapes every 15 s and ten minutes of the window that
 * follows, when the first is about to be frozen: as much as a head ever holds.
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

  private final int count;
  private final Head head = new Head(new HeadOptions(WINDOW, 10_000, 20_000, 32 << 20, false));
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
      slots[i] = head.resolve(key(i));
    }
    report("labels and postings", used() - empty);
    for (int round = 0; round < ROUNDS; round++) {
      scrape(round);
      if (round == 0 || round == 119 || round == 479 || round == ROUNDS - 1) {
        report("after " + (round + 1) + " scrapes", used() - empty);
      }
    }
    head.freeze(START, 1);
    report("the window frozen", used() - empty);
    head.release(START, 1, slot -> {});
    report("the window released", used() - empty);
  }

  private void report(String when, long bytes) {
    System.out.printf(Locale.ROOT, "%-24s %,14d bytes %,8d a series%n", when, bytes, bytes / count);
  }

  private void scrape(int round) {
    SeriesKey any = key(0);
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      WriteBatch.Builder batch = new WriteBatch.Builder(SeriesKey.ANONYMOUS, size);
      for (int i = from; i < from + size; i++) {
        batch.sample(batch.series(any), START + round * INTERVAL + i % 15_000, value(i, round));
      }
      head.append(batch.build(), slots, from, START);
    }
  }

  /** A quarter each: constants, counters, gauges with two decimals, gauges of any digits. */
  private static double value(int series, int round) {
    long noise = ((series * 31L + round) * 0x9E3779B97F4A7C15L) >>> 40;
    return switch (series & 3) {
      case 0 -> 1;
      case 1 -> round * 1000L + noise % 1000;
      case 2 -> noise % 10_000 / 100.0;
      default -> noise / 7.0;
    };
  }

  private static SeriesKey key(int i) {
    return SeriesKey.of(
        SeriesKey.ANONYMOUS,
        Labels.of(
            "__name__", "metric_of_some_length_" + i % 200,
            "cluster", "bench-1",
            "handler", "/api/v1/handler/" + i / 200 % 20,
            "instance", "node-" + i / 1000 + ".example.net:9100",
            "job", "service-" + i % 17,
            "le", Integer.toString(i / 200 % 5),
            "namespace", "namespace-" + i / 1000 % 50,
            "pod", "pod-" + i / 100,
            "series", Integer.toString(i % 1000)));
  }

  private static long used() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
