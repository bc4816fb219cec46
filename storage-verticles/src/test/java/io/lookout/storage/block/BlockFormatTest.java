package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The bytes of a block are those that earlier versions wrote: {@code docs/formats/block.md}. */
class BlockFormatTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Three series: two share their times, one has two chunks and start times. */
  private static List<SeriesChunks> series() {
    Slice shared = slice("aaaa01");
    return List.of(
        series("a", new Chunk(3, 1_000, 3_000, shared, slice("b1b1"), null)),
        series("b", new Chunk(3, 1_000, 3_000, shared, slice("b2"), null)),
        series(
            "c",
            new Chunk(1, 900, 900, slice("aa02"), slice("b3"), slice("c3c3")),
            new Chunk(300, 4_000, 7_190_000, slice("aa03"), slice("b4"), null)));
  }

  private static SeriesChunks series(String instance, Chunk... chunks) {
    Labels labels = Labels.of("__name__", "up", "instance", "host-" + instance, "job", "node");
    return new SeriesChunks(SeriesKey.of("t", labels), List.of(chunks));
  }

  private static Slice slice(String hex) {
    return Slice.of(HEX.parseHex(hex));
  }

  private static Properties golden() throws IOException {
    Properties golden = new Properties();
    try (InputStream in = BlockFormatTest.class.getResourceAsStream("/block/format-1.properties")) {
      golden.load(in);
    }
    return golden;
  }

  @Test
  void blocksAreWrittenAsEver() throws IOException {
    Block block = new BlockWriter("t", "up", 0).write(series()).getFirst();

    assertThat(HEX.formatHex(block.series())).isEqualTo(golden().getProperty("series"));
    assertThat(HEX.formatHex(block.chunks())).isEqualTo(golden().getProperty("chunks"));
    assertThat(block.id()).isEqualTo(golden().getProperty("id"));
    assertThat(block.labels())
        .containsExactly("instance=host-a", "instance=host-b", "instance=host-c", "job=node");
    assertThat(block.minTime()).isEqualTo(900);
    assertThat(block.maxTime()).isEqualTo(7_190_000);
    assertThat(block.seriesCount()).isEqualTo(3);
    assertThat(block.sampleCount()).isEqualTo(307);
  }

  @Test
  void blocksOfFormat1AreRead() throws IOException, CorruptBlockException {
    LabelTable table = LabelTableCodec.decode("t", HEX.parseHex(golden().getProperty("series")));

    List<SeriesChunks> read =
        ChunkTableReader.read(
            table,
            table.matching(List.of()),
            HEX.parseHex(golden().getProperty("chunks")),
            0,
            Long.MAX_VALUE);

    assertThat(read).hasSize(3);
    assertThat(read).extracting(SeriesChunks::key).isEqualTo(keys());
    Chunk second = read.get(2).chunks().get(1);
    assertThat(second.count()).isEqualTo(300);
    assertThat(second.maxTime()).isEqualTo(7_190_000);
    assertThat(HEX.formatHex(second.times().toByteArray())).isEqualTo("aa03");
    assertThat(HEX.formatHex(second.values().toByteArray())).isEqualTo("b4");
    assertThat(second.startTimes()).isNull();
    assertThat(read.get(2).chunks().getFirst().startTimes()).isNotNull();
  }

  private static List<SeriesKey> keys() {
    return series().stream().map(SeriesChunks::key).toList();
  }
}
