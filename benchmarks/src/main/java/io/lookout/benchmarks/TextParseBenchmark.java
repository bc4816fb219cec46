package io.lookout.benchmarks;

import io.lookout.ingest.exposition.ExpositionParser;
import io.lookout.ingest.exposition.OpenMetricsParser;
import io.lookout.ingest.exposition.TextParser;
import io.lookout.ingest.series.StringPool;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read one sample of an exposed text whose series are known. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TextParseBenchmark {
  private static final int SAMPLES = 1000;

  private final TextParser parser = new TextParser(new StringPool());
  private final OpenMetricsParser openMetricsParser = new OpenMetricsParser(new StringPool());
  private final byte[] text = text();
  private final byte[] openMetrics =
      (new String(text, StandardCharsets.UTF_8) + "# EOF\n").getBytes(StandardCharsets.UTF_8);

  /** As a node exporter writes it: about 100 bytes a sample. */
  private static byte[] text() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < SAMPLES; i++) {
      if (i % 20 == 0) {
        text.append("# HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.\n");
        text.append("# TYPE node_cpu_seconds_total counter\n");
      }
      text.append("node_cpu_seconds_total{cpu=\"").append(i);
      text.append("\",mode=\"iowait\",package=\"0\",core=\"").append(i / 2).append("\"} ");
      text.append(i % 10 == 0 ? random.nextDouble() : random.nextInt(1_000_000) / 100.0);
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Of the whole text. */
  public int bytes() {
    return text.length;
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double parse() {
    return sum(parser, text);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double parseOpenMetrics() {
    return sum(openMetricsParser, openMetrics);
  }

  private static double sum(ExpositionParser parser, byte[] bytes) {
    double sum = 0;
    parser.reset(bytes, 0, bytes.length);
    for (var entry = parser.next(); entry != ExpositionParser.Entry.END; entry = parser.next()) {
      if (entry == ExpositionParser.Entry.SAMPLE) {
        sum += parser.value() + parser.seriesTo() - parser.seriesFrom();
      }
    }
    return sum;
  }
}
