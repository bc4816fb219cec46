package io.lookout.benchmarks;

import io.lookout.query.promql.exec.Cancellation;
import io.lookout.query.promql.exec.ChunkSource;
import io.lookout.query.promql.exec.Engine;
import io.lookout.query.promql.exec.Limits;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Whether a query's memory grows with its groups and steps alone: {@code sum by (job)
 * (rate(…[5m]))} over 10,000 series and a day of samples every 15 s, in a heap that would hold an
 * eighth of the samples as numbers. Ends with exit code 1 where the heap is larger than it is to
 * be, and with an error where it does not suffice.
 *
 * <pre>
 *   java -Xmx512m -XX:+ExitOnOutOfMemoryError -cp benchmarks/target/benchmarks.jar \
 *     io.lookout.benchmarks.DayInSmallHeap
 * </pre>
 */
public final class DayInSmallHeap {
  private static final int SERIES = 10_000;
  private static final int SAMPLES = 5_760;
  private static final long STEP = 300_000;
  private static final int RUNS = 3;
  private static final long HEAP = 512L << 20;

  private DayInSmallHeap() {}

  public static void main(String[] args) {
    if (Runtime.getRuntime().maxMemory() > HEAP) {
      System.err.println("the heap is larger than 512 MiB: run it with -Xmx512m");
      System.exit(1);
    }
    long end = (SAMPLES - 1L) * CounterSeries.INTERVAL;
    Plan plan =
        Planner.plan(
            PromqlParser.parse("sum by (job) (rate(http_requests_total[5m]))"),
            Query.range(STEP, end, STEP));
    ChunkSource source =
        new ChunkSource(Map.of(plan.selections().getFirst(), CounterSeries.of(SERIES, SAMPLES)));
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Engine engine = new Engine(pool, threads);
      for (int run = 0; run < RUNS; run++) {
        long began = System.nanoTime();
        QueryResult result = engine.evaluate(plan, source, Limits.NONE, Cancellation.NEVER);
        report(result, System.nanoTime() - began);
      }
    }
  }

  private static void report(QueryResult result, long nanos) {
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%s groups in %,d ms, %,d MB in use%n",
        result.value() instanceof QueryResult.Matrix matrix ? matrix.series().size() : "no",
        nanos / 1_000_000,
        (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000);
  }
}
