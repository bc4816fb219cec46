package io.lookout.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.SampleColumns;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Chunks as the first version wrote them are read for ever. A line of the file is a name, count,
 * first and last time, and the columns of times, values and, where there are any, start timestamps
 * in hexadecimal; what they stand for is made here again.
 */
class GoldenChunkTest {
  private static final String FILE = "/chunk-v1.golden";
  private static final long START = 1_700_000_000_000L;

  private record Example(String name, SampleColumns samples) {}

  private interface Series {
    double at(int i);
  }

  private static List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    examples.add(example("constant", 70, 15_000, i -> 42));
    examples.add(example("counter", 130, 15_000, i -> i * 7 + i * i % 11));
    examples.add(example("reset", 70, 15_000, i -> i < 40 ? 1e6 + i * 13 : i * 13));
    examples.add(example("decimal", 65, 15_000, i -> (i * 37 % 1000) / 100.0));
    examples.add(example("pages", 64, 60_000, i -> 4096.0 * (i * 31 % 257)));
    examples.add(example("mantissa", 66, 1_000, i -> Math.sqrt(i)));
    examples.add(example("stale", 3, 1_000, i -> i == 2 ? SampleColumns.STALE_NAN : i));
    examples.add(
        example("stale after many", 50, 1_000, i -> i == 49 ? SampleColumns.STALE_NAN : i));
    examples.add(example("constant of any bits", 5, 7, i -> Double.NEGATIVE_INFINITY));
    examples.add(example("one", 1, 1, i -> -0.0));
    Example jitter = example("jitter", 80, 15_000, i -> i);
    for (int i = 0; i < 80; i++) {
      jitter.samples().times[i] += i * 17 % 5;
    }
    examples.add(jitter);
    Example created = example("start timestamps", 40, 15_000, i -> i % 20);
    for (int i = 0; i < 40; i++) {
      created.samples().startTimeColumn()[i] = i < 5 ? 0 : START + i / 20 * 300_000L;
    }
    examples.add(created);
    Example once = example("one start timestamp for all", 3, 15_000, i -> i);
    Arrays.fill(once.samples().startTimeColumn(), 0, 3, START - 1);
    examples.add(once);
    examples.add(histograms("histograms", 70, GoldenChunkTest::exponential));
    examples.add(histograms("custom buckets", 4, GoldenChunkTest::custom));
    examples.add(
        histograms("layouts", 9, i -> i % 3 == 1 ? custom(i) : exponential(i % 3 == 2 ? 99 : i)));
    return examples;
  }

  private static Example histograms(String name, int n, IntFunction<NativeHistogram> histogram) {
    SampleColumns samples = new SampleColumns(n);
    for (int i = 0; i < n; i++) {
      samples.add(START + i * 15_000L, histogram.apply(i));
    }
    return new Example(name, samples);
  }

  /** Integers; the last ones are a gauge of floats and a staleness marker. */
  private static NativeHistogram exponential(int i) {
    return new NativeHistogram(
        3,
        i == 0 ? CounterReset.YES : i < 60 ? CounterReset.NO : CounterReset.GAUGE,
        i < 60,
        1e-128,
        i,
        4.0 * i,
        i == 99 ? SampleColumns.STALE_NAN : i * 0.25,
        List.of(new Span(-2, 2), new Span(3, 1)),
        new double[] {i, i % 7, i < 60 ? 1 : 0.5},
        List.of(new Span(0, 1)),
        new double[] {Math.floor(i / 2.0)},
        new double[0]);
  }

  private static NativeHistogram custom(int i) {
    return new NativeHistogram(
        NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
        CounterReset.UNKNOWN,
        false,
        0,
        0,
        3.0 * i,
        i * 1.5,
        List.of(new Span(0, 3)),
        new double[] {i, i, i},
        List.of(),
        new double[0],
        new double[] {0.1, 2.5});
  }

  private static Example example(String name, int n, long step, Series values) {
    SampleColumns samples = new SampleColumns(n);
    for (int i = 0; i < n; i++) {
      samples.add(START + i * step, values.at(i));
    }
    return new Example(name, samples);
  }

  private static String line(String name, Chunk chunk) {
    HexFormat hex = HexFormat.of();
    Slice starts = chunk.startTimes();
    return String.join(
        ";",
        name,
        Integer.toString(chunk.count()),
        Long.toString(chunk.minTime()),
        Long.toString(chunk.maxTime()),
        hex.formatHex(chunk.times().toByteArray()),
        hex.formatHex(chunk.values().toByteArray())
            + (starts == null ? "" : ";" + hex.formatHex(starts.toByteArray())));
  }

  private static Chunk chunk(String line) {
    String[] parts = line.split(";", -1);
    HexFormat hex = HexFormat.of();
    return new Chunk(
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Slice.of(hex.parseHex(parts[4])),
        Slice.of(hex.parseHex(parts[5])),
        parts.length > 6 ? Slice.of(hex.parseHex(parts[6])) : null);
  }

  private static List<String> golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenChunkTest.class.getResourceAsStream(FILE), FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void chunksOfTheFirstVersionAreRead() throws IOException {
    List<Example> examples = examples();
    List<String> lines = golden();
    assertThat(lines).hasSameSizeAs(examples);
    for (int i = 0; i < lines.size(); i++) {
      SampleColumns decoded = new SampleColumns();
      new ChunkDecoder().decode(chunk(lines.get(i)), decoded);
      ChunkCodecTest.assertSame(decoded, examples.get(i).samples());
    }
  }

  /** A writer may improve; then this expectation is brought up to date and the file stays. */
  @Test
  void chunksAreWrittenAsInTheFirstVersion() throws IOException {
    List<String> written = new ArrayList<>();
    for (Example each : examples()) {
      Chunk chunk = new ChunkEncoder().encode(each.samples(), 0, each.samples().size);
      written.add(line(each.name(), chunk));
    }
    assertThat(written).isEqualTo(golden());
  }
}
