package io.lookout.benchmarks;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.BlockWriter;
import io.lookout.storage.block.ChunkTableReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelTable;
import io.lookout.storage.block.LabelTableCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to pack 128 encoded series into a block, and to take series out of it again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class BlockBenchmark {
  private static final int SERIES = 128;
  private static final int SAMPLES = 480;
  private static final List<Matcher> ALL = List.of(Matcher.equal("job", "node"));
  private static final List<Matcher> ONE = List.of(Matcher.equal("instance", "node-017:9100"));

  private final List<SeriesChunks> series = new ArrayList<>();
  private byte[] labels = new byte[0];
  private byte[] chunks = new byte[0];
  private @Nullable LabelTable table;

  @Setup
  public void setUp() throws CorruptBlockException {
    ChunkEncoder encoder = new ChunkEncoder();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SERIES; i++) {
      Labels each =
          Labels.of(
              "__name__", "node_load1", "instance", "node-%03d:9100".formatted(i), "job", "node");
      SampleColumns samples = new SampleColumns(SAMPLES);
      double value = 0;
      for (int n = 0; n < SAMPLES; n++) {
        value += random.nextInt(-50, 50);
        samples.add(n * 15_000L, value / 100);
      }
      series.add(
          new SeriesChunks(SeriesKey.of("t", each), List.of(encoder.encode(samples, 0, SAMPLES))));
    }
    Block block = write().getFirst();
    labels = block.series();
    chunks = block.chunks();
    table = decodeLabels();
  }

  @Benchmark
  public List<Block> write() {
    return new BlockWriter("t", "node_load1", 0).write(series);
  }

  @Benchmark
  public LabelTable decodeLabels() throws CorruptBlockException {
    return LabelTableCodec.decode("t", labels);
  }

  @Benchmark
  public List<SeriesChunks> readAllSeries() throws CorruptBlockException {
    return read(ALL);
  }

  @Benchmark
  public List<SeriesChunks> readOneSeries() throws CorruptBlockException {
    return read(ONE);
  }

  private List<SeriesChunks> read(List<Matcher> matchers) throws CorruptBlockException {
    LabelTable decoded = Objects.requireNonNull(table);
    return ChunkTableReader.read(
        decoded, decoded.matching(matchers), chunks, Long.MIN_VALUE, Long.MAX_VALUE);
  }
}
