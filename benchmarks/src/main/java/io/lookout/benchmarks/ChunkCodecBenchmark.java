package io.lookout.benchmarks;

import io.lookout.model.SampleColumns;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkDecoder;
import io.lookout.model.chunk.ChunkEncoder;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to encode and to decode one sample, for the kinds of numbers that monitoring is
 * made of. Prints the bytes a sample takes, shared times aside, and the CPU time of each iteration.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ChunkCodecBenchmark {
  private static final int SERIES = 64;
  private static final int COUNT = 480;
  private static final int SAMPLES = SERIES * COUNT;

  /** Kinds of series. */
  public enum Kind {
    CONSTANT,
    COUNTER,
    SECONDS,
    BYTES,
    GAUGE,
    MIXED,
    MANTISSA;

    double next(SplittableRandom random, double last, int series) {
      return switch (this) {
        case CONSTANT -> series;
        case COUNTER -> last + random.nextInt(50, 150);
        case SECONDS -> Math.rint((last + random.nextDouble(3)) * 100) / 100;
        case BYTES -> last + 4096 * random.nextInt(-40, 40);
        case GAUGE -> Math.rint((last + random.nextDouble(-0.4, 0.4)) * 100) / 100;
        case MIXED -> values()[series % 5].next(random, last, series);
        case MANTISSA -> random.nextDouble();
      };
    }
  }

  @Param public Kind kind = Kind.COUNTER;

  @Param({"false", "true"})
  public boolean jitter;

  private final SampleColumns[] columns = new SampleColumns[SERIES];
  private final Chunk[] chunks = new Chunk[SERIES];
  private final ChunkEncoder encoder = new ChunkEncoder();
  private final ChunkDecoder decoder = new ChunkDecoder();
  private final SampleColumns out = new SampleColumns(COUNT);

  // CPU time of the thread, which other work on the machine does not add to.
  private long cpuStart;
  private long samples;

  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    long bytes = 0;
    for (int s = 0; s < SERIES; s++) {
      columns[s] = new SampleColumns(COUNT);
      double value = 1000;
      for (int i = 0; i < COUNT; i++) {
        value = kind.next(random, value, s);
        long late = jitter ? random.nextInt(10) : 0;
        columns[s].add(1_700_000_000_000L + i * 15_000L + late, value);
      }
      chunks[s] = encoder.encode(columns[s], 0, COUNT);
      bytes += chunks[s].values().length() + (jitter ? chunks[s].times().length() : 0);
    }
    System.out.printf(Locale.ROOT, "%.3f bytes a sample%n", bytes / (double) SAMPLES);
  }

  @Setup(Level.Iteration)
  public void startCpu() {
    cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    samples = 0;
  }

  @TearDown(Level.Iteration)
  public void tellCpu() {
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart;
    double nanos = cpu / (double) samples;
    System.out.printf(Locale.ROOT, "(CPU: %.2f ns, %.0f million/s) ", nanos, 1e3 / nanos);
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public double decode() {
    samples += SAMPLES;
    double sum = 0;
    for (Chunk chunk : chunks) {
      out.clear();
      decoder.decode(chunk, out);
      sum += out.values[out.size - 1];
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public long encode() {
    samples += SAMPLES;
    long bytes = 0;
    for (SampleColumns series : columns) {
      bytes += encoder.encode(series, 0, COUNT).values().length();
    }
    return bytes;
  }
}
