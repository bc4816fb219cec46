package io.lookout.benchmarks;

import io.lookout.model.LabelPattern;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to compare one label value with a regular expression, recognised shapes beside the
 * engine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LabelPatternBenchmark {
  private static final int VALUES = 1000;

  @Param({"user|system|iowait", "node-00.*", "node-00[0-4].*"})
  public String expression = "";

  private LabelPattern pattern = LabelPattern.literal("");
  private final String[] values = new String[VALUES];

  @Setup
  public void setUp() {
    pattern = LabelPattern.regex(expression);
    for (int i = 0; i < VALUES; i++) {
      values[i] = i % 2 == 0 ? "node-%03d.dc1.example.net:9100".formatted(i) : "system";
    }
  }

  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int matches() {
    int matched = 0;
    for (String value : values) {
      matched += pattern.matches(value) ? 1 : 0;
    }
    return matched;
  }
}
