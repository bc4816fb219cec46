package io.lookout.storage.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkDecoder;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.storage.block.Block;
import io.lookout.storage.block.ChunkTableReader;
import io.lookout.storage.block.CorruptBlockException;
import io.lookout.storage.block.LabelTable;
import io.lookout.storage.block.LabelTableCodec;
import io.lookout.storage.shard.SealedWindow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowBlocksTest {
  @Test
  void everyMetricOfEveryTenantHasBlocksOfItsOwn() {
    SealedWindow window =
        Windows.of(
            0,
            Labels.of("__name__", "up", "job", "a"),
            Labels.of("__name__", "up", "job", "b"),
            Labels.of("__name__", "up", "Zone", "upper case sorts first"),
            Labels.of("__name__", "down", "job", "a"),
            Labels.of("job", "nameless"));

    assertThat(all(new WindowBlocks(window, 1 << 20)))
        .extracting(Block::metric, Block::seriesCount)
        .containsExactly(tuple("", 1), tuple("down", 1), tuple("up", 3));
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  @Test
  void theSameWindowMakesTheSameBlocks() {
    Labels[] series = {Labels.of("__name__", "up", "job", "a"), Labels.of("__name__", "down")};

    assertThat(all(new WindowBlocks(Windows.of(0, series), 1 << 20)))
        .extracting(Block::id)
        .isEqualTo(
            all(new WindowBlocks(Windows.of(0, series), 1)).stream().map(Block::id).toList());
  }

  @Test
  void batchesAreAboutAsLargeAsAskedFor() {
    Labels[] series = new Labels[100];
    for (int i = 0; i < series.length; i++) {
      series[i] = Labels.of("__name__", "metric_" + i);
    }
    WindowBlocks blocks = new WindowBlocks(Windows.of(0, series), 10_000);

    int batches = 0;
    int count = 0;
    for (List<Block> batch = blocks.nextBatch(); !batch.isEmpty(); batch = blocks.nextBatch()) {
      batches++;
      count += batch.size();
      assertThat(batch.stream().limit(batch.size() - 1L).mapToInt(Block::bytes).sum())
          .isLessThan(10_000);
    }

    assertThat(count).isEqualTo(100);
    assertThat(batches).isGreaterThan(1);
  }

  @Test
  void shortChunksBecomeOneLongOneWithTheSameSamples() throws CorruptBlockException {
    Labels labels = Labels.of("__name__", "up");
    Block block = all(new WindowBlocks(Windows.of(0, labels), 1 << 20)).getFirst();

    List<Chunk> chunks = chunksOf(block);

    assertThat(chunks).hasSize(1);
    SampleColumns expected = Windows.samples(0, labels.hashCode());
    SampleColumns decoded = decoded(chunks);
    assertThat(decoded.size).isEqualTo(expected.size);
    for (int i = 0; i < expected.size; i++) {
      assertThat(decoded.times[i]).isEqualTo(expected.times[i]);
      assertThat(decoded.values[i]).isEqualTo(expected.values[i]);
    }
  }

  @Test
  void floatsAndHistogramsAreChunksOfTheirOwn() throws CorruptBlockException {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < 10; i++) {
      samples.add(i * 1000L, i);
    }
    for (int i = 10; i < 20; i++) {
      samples.add(i * 1000L, histogram(i));
    }
    ChunkEncoder encoder = new ChunkEncoder();
    List<Chunk> chunks =
        List.of(
            encoder.encode(samples, 0, 5),
            encoder.encode(samples, 5, 10),
            encoder.encode(samples, 10, 13),
            encoder.encode(samples, 13, 20));
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "mixed"));
    SealedWindow window =
        new SealedWindow(0, Windows.WINDOW, 1, List.of(new SeriesChunks(key, chunks)));

    List<Chunk> stored = chunksOf(all(new WindowBlocks(window, 1 << 20)).getFirst());

    assertThat(stored).extracting(Chunk::count).containsExactly(10, 10);
    SampleColumns decoded = decoded(stored);
    assertThat(decoded.values[3]).isEqualTo(3);
    assertThat(decoded.histogram(3)).isNull();
    assertThat(decoded.histogram(15)).isEqualTo(histogram(15));
  }

  private static NativeHistogram histogram(int count) {
    return new NativeHistogram(
        0,
        CounterReset.UNKNOWN,
        true,
        0.001,
        count,
        count,
        count * 2.5,
        List.of(),
        new double[0],
        List.of(),
        new double[0],
        new double[0]);
  }

  private static List<Block> all(WindowBlocks blocks) {
    List<Block> all = new ArrayList<>();
    for (List<Block> batch = blocks.nextBatch(); !batch.isEmpty(); batch = blocks.nextBatch()) {
      all.addAll(batch);
    }
    return all;
  }

  private static List<Chunk> chunksOf(Block block) throws CorruptBlockException {
    LabelTable table = LabelTableCodec.decode("t", block.series());
    return ChunkTableReader.read(
            table, table.matching(List.of()), block.chunks(), Long.MIN_VALUE, Long.MAX_VALUE)
        .getFirst()
        .chunks();
  }

  private static SampleColumns decoded(List<Chunk> chunks) {
    SampleColumns decoded = new SampleColumns();
    ChunkDecoder decoder = new ChunkDecoder();
    chunks.forEach(chunk -> decoder.decode(chunk, decoded));
    return decoded;
  }
}
