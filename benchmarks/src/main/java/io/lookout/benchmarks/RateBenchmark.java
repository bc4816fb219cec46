package io.lookout.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.lookout.query.promql.exec.Cancellation;
import io.lookout.query.promql.exec.ChunkSource;
import io.lookout.query.promql.exec.Engine;
import io.lookout.query.promql.exec.Limits;
import io.lookout.query.promql.exec.QueryResult;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import io.lookout.query.promql.plan.Selection;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Range queries over 10,000 series from encoded chunks of 120 samples, every 15 s: decoding,
 * windows, folding. The hour has 240 steps; the whole data are 6 hours. Each iteration tells the
 * CPU time of the process for an evaluation, which other work on the machine adds little to.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class RateBenchmark {
  private static final int SERIES = 10_000;

  @Param({
    "sum by (job) (rate({cluster=\"bench-1\"}[5m]))",
    "rate({cluster=\"bench-1\"}[5m])",
    "max_over_time({cluster=\"bench-1\"}[5m])",
    "topk(5, rate({cluster=\"bench-1\"}[5m]))",
    "histogram_quantile(0.9, sum by (job, le) (rate({cluster=\"bench-1\"}[5m])))",
    "sum by (job) ({cluster=\"bench-1\"})"
  })
  public String query = "";

  @Param({"260", "1440"})
  public int samples;

  @Param("2")
  public int threads;

  private Plan plan = Planner.plan(PromqlParser.parse("0"), Query.instant(0));
  private ChunkSource source = new ChunkSource(Map.of());
  private Engine engine = Engine.singleThreaded();
  private ExecutorService pool = Executors.newSingleThreadExecutor();
  private long cpuStart;
  private long evaluations;

  @Setup
  public void setUp() {
    long end = (samples - 1L) * CounterSeries.INTERVAL;
    long start = samples < 1_000 ? end - 3_600_000 : 300_000;
    plan = Planner.plan(PromqlParser.parse(query), Query.range(start, end, CounterSeries.INTERVAL));
    Selection selection = plan.selections().getFirst();
    source = new ChunkSource(Map.of(selection, CounterSeries.of(SERIES, samples)));
    pool.close();
    pool = Executors.newFixedThreadPool(threads);
    engine = new Engine(pool, threads);
  }

  @TearDown
  public void tearDown() {
    pool.close();
  }

  @Setup(Level.Iteration)
  public void beginCpu() {
    cpuStart = cpuNanos();
    evaluations = 0;
  }

  @TearDown(Level.Iteration)
  public void tellCpu() {
    System.out.printf(
        Locale.ROOT, "(CPU: %.1f ms) ", (cpuNanos() - cpuStart) / 1e6 / Math.max(1, evaluations));
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  @Benchmark
  public QueryResult evaluate() {
    evaluations++;
    return engine.evaluate(plan, source, Limits.NONE, Cancellation.NEVER);
  }
}
