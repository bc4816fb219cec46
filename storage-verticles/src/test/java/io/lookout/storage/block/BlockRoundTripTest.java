package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockRoundTripTest {
  private static final String TENANT = "tenant";

  @Test
  void everySeriesComesBackWithItsChunks() throws CorruptBlockException {
    for (int seed = 0; seed < 200; seed++) {
      List<SeriesChunks> series = new RandomSeries(seed).sorted();

      List<SeriesChunks> back = new ArrayList<>();
      for (Block block : new BlockWriter(TENANT, "m", 0).write(series)) {
        back.addAll(all(block));
      }

      assertThat(RandomSeries.texts(back)).isEqualTo(RandomSeries.texts(series));
    }
  }

  private static List<SeriesChunks> all(Block block) throws CorruptBlockException {
    LabelTable table = LabelTableCodec.decode(TENANT, block.series());
    return ChunkTableReader.read(
        table, table.matching(List.of()), block.chunks(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Test
  void aTableMatchesAsItsLabelSetsDo() throws CorruptBlockException {
    List<Matcher> matchers =
        List.of(
            Matcher.equal("a", "v1"),
            Matcher.notEqual("a", "v1"),
            Matcher.regex("b", "v[0-3]|"),
            Matcher.notRegex("b", "v.*"),
            Matcher.equal("missing", ""),
            Matcher.regex("missing", ".+"));
    for (int seed = 0; seed < 100; seed++) {
      List<SeriesChunks> series = new RandomSeries(seed).sorted();
      Block block = new BlockWriter(TENANT, "m", 0).write(series).getFirst();
      LabelTable table = LabelTableCodec.decode(TENANT, block.series());
      for (Matcher matcher : matchers) {
        BitSet expected = new BitSet();
        for (int i = 0; i < table.seriesCount(); i++) {
          expected.set(i, matcher.matches(series.get(i).key().labels()));
        }
        assertThat(table.matching(List.of(matcher))).isEqualTo(expected);
      }
    }
  }

  @Test
  void everyFlippedBitIsNoticed() {
    Block block = new BlockWriter(TENANT, "m", 0).write(new RandomSeries(1).sorted()).getFirst();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300; i++) {
      byte[] series = block.series().clone();
      series[random.nextInt(series.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> LabelTableCodec.decode(TENANT, series))
          .isInstanceOf(CorruptBlockException.class);
    }
  }

  /** A checksum does not protect from whoever can write one. */
  @Test
  void bytesThatNobodyWroteAreRefusedAndNotBelieved() throws CorruptBlockException {
    Block block = new BlockWriter(TENANT, "m", 0).write(new RandomSeries(3).sorted()).getFirst();
    LabelTable table = LabelTableCodec.decode(TENANT, block.series());
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      refused += isRefused(() -> LabelTableCodec.decode(TENANT, forged(block.series(), random)));
      byte[] chunks = forged(block.chunks(), random);
      refused +=
          isRefused(
              () -> ChunkTableReader.read(table, table.matching(List.of()), chunks, 0, 1L << 40));
    }
    assertThat(refused).isPositive();
  }

  /** Anything but a {@link CorruptBlockException} fails the test. */
  private static int isRefused(Reading reading) {
    try {
      reading.run();
      return 0;
    } catch (CorruptBlockException e) {
      return 1;
    }
  }

  @FunctionalInterface
  private interface Reading {
    void run() throws CorruptBlockException;
  }

  private static byte[] forged(byte[] checksummed, SplittableRandom random) {
    ByteWriter out = new ByteWriter();
    out.putBytes(checksummed, 0, checksummed.length - 4);
    for (int i = 0; i < 3; i++) {
      out.array()[random.nextInt(out.size())] = (byte) random.nextInt();
    }
    return Checksum.append(out);
  }

  @Test
  void onlyChunksThatOverlapTheRangeAreRead() throws CorruptBlockException {
    Labels labels = Labels.of("__name__", "m");
    Chunk early = RandomSeries.chunk(10, 100, 200, 1);
    Chunk late = RandomSeries.chunk(10, 300, 400, 2);
    Block block =
        new BlockWriter(TENANT, "m", 0)
            .write(List.of(RandomSeries.series(TENANT, labels, early, late)))
            .getFirst();
    LabelTable table = LabelTableCodec.decode(TENANT, block.series());

    List<SeriesChunks> read =
        ChunkTableReader.read(table, table.matching(List.of()), block.chunks(), 201, 300);

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().chunks()).extracting(Chunk::minTime).containsExactly(300L);
  }

  @Test
  void equalTimesAreOneColumnAndOneSlice() throws CorruptBlockException {
    List<SeriesChunks> series = new ArrayList<>();
    for (int i = 10; i < 30; i++) {
      Labels labels = Labels.of("__name__", "m", "i", Integer.toString(i));
      series.add(RandomSeries.series(TENANT, labels, RandomSeries.chunk(100, 0, 1500, 5)));
    }
    Block block = new BlockWriter(TENANT, "m", 0).write(series).getFirst();

    List<SeriesChunks> back = all(block);

    assertThat(back)
        .allMatch(
            s -> s.chunks().getFirst().times() == back.getFirst().chunks().getFirst().times());
  }

  @Test
  void aBlockEndsAfterItsShareOfSeriesAndOfBytes() {
    assertThat(new BlockWriter(TENANT, "m", 0).write(series(300, 10)))
        .extracting(Block::seriesCount)
        .containsExactly(128, 128, 44);
    assertThat(new BlockWriter(TENANT, "m", 0).write(series(10, 30_000)))
        .extracting(Block::seriesCount)
        .containsExactly(2, 2, 2, 2, 2);
    assertThat(new BlockWriter(TENANT, "m", 0).write(series(2, 200_000)))
        .extracting(Block::seriesCount)
        .containsExactly(1, 1);
  }

  private static List<SeriesChunks> series(int count, int bytes) {
    List<SeriesChunks> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Labels labels = Labels.of("__name__", "m", "i", String.format("%06d", i));
      series.add(RandomSeries.series(TENANT, labels, RandomSeries.chunkOf(bytes, 10, 0, 1000, i)));
    }
    return series;
  }

  @Test
  void theSameContentsHaveTheSameId() {
    Block once = new BlockWriter(TENANT, "m", 0).write(new RandomSeries(5).sorted()).getFirst();
    Block again = new BlockWriter(TENANT, "m", 0).write(new RandomSeries(5).sorted()).getFirst();
    Block otherWindow =
        new BlockWriter(TENANT, "m", 7).write(new RandomSeries(5).sorted()).getFirst();
    Block otherSamples =
        new BlockWriter(TENANT, "m", 0).write(new RandomSeries(6).sorted()).getFirst();

    assertThat(again.id()).isEqualTo(once.id()).hasSize(32);
    assertThat(otherWindow.id()).isNotEqualTo(once.id());
    assertThat(otherSamples.id()).isNotEqualTo(once.id());
  }
}
