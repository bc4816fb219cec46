package io.lookout.query.promql.exec;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.query.promql.parse.PromqlParser;
import io.lookout.query.promql.plan.Plan;
import io.lookout.query.promql.plan.Planner;
import io.lookout.query.promql.plan.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A program for a JVM of its own: a rate over a day of samples every 15 s, summed by job, on all
 * processors. The samples as numbers must be three times as large as the heap; those that the query
 * reads are there as chunks, a byte or two each.
 */
final class DayOfCounters {
  private static final int INTERVAL = 15_000;
  private static final int SAMPLES = 24 * 3_600_000 / INTERVAL;
  private static final int CHUNK = 120;
  private static final int JOBS = 10;

  private DayOfCounters() {}

  /** Takes the number of series. */
  public static void main(String[] args) {
    int series = Integer.parseInt(args[0]);
    long asNumbers = (long) series * SAMPLES * (Long.BYTES + Double.BYTES);
    if (asNumbers < 3 * Runtime.getRuntime().maxMemory()) {
      throw new IllegalStateException(
          "this heap proves nothing: a third of the samples fits into it");
    }
    long end = (SAMPLES - 1L) * INTERVAL;
    Plan plan =
        Planner.plan(
            PromqlParser.parse("sum by (job) (rate(requests_total[5m]))"),
            Query.range(300_000, end, 300_000));
    ChunkSource source = new ChunkSource(Map.of(plan.selections().getFirst(), counters(series)));
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      QueryResult result =
          new Engine(pool, threads).evaluate(plan, source, Limits.NONE, Cancellation.NEVER);
      System.out.println(((QueryResult.Matrix) result.value()).series().size() + " groups");
    }
  }

  private static List<SeriesChunks> counters(int count) {
    SplittableRandom random = new SplittableRandom(5);
    ChunkEncoder encoder = new ChunkEncoder();
    List<SeriesChunks> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Labels labels =
          Labels.of("__name__", "requests_total", "instance", "" + i, "job", "" + i % JOBS);
      series.add(
          new SeriesChunks(
              SeriesKey.of(SeriesKey.ANONYMOUS, labels), chunks(encoder, counter(random))));
    }
    return series;
  }

  private static SampleColumns counter(SplittableRandom random) {
    SampleColumns samples = new SampleColumns(SAMPLES);
    double value = 0;
    for (int i = 0; i < SAMPLES; i++) {
      value += random.nextInt(100);
      samples.add((long) i * INTERVAL, value);
    }
    return samples;
  }

  private static List<Chunk> chunks(ChunkEncoder encoder, SampleColumns samples) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0; from < samples.size; from += CHUNK) {
      chunks.add(encoder.encode(samples, from, Math.min(samples.size, from + CHUNK)));
    }
    return chunks;
  }
}
