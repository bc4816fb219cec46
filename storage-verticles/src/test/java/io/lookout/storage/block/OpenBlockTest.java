package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OpenBlockTest {
  /** Series 0 to 19, each with a chunk of [0, 99] and one of [100, 199]. */
  private static OpenBlock twentySeries() throws CorruptBlockException {
    List<SeriesChunks> series = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Labels labels = Labels.of("__name__", "m", "i", "" + (char) ('a' + i));
      series.add(
          RandomSeries.series(
              "tenant",
              labels,
              RandomSeries.chunk(10, 0, 99, 1),
              RandomSeries.chunk(10, 100, 199, i)));
    }
    return open(new BlockWriter("tenant", "m", 0).write(series).getFirst());
  }

  private static OpenBlock open(Block block) throws CorruptBlockException {
    return OpenBlock.of(LabelTableCodec.decode("tenant", block.series()), 5, block.chunks());
  }

  private static BitSet places(int from, int to) {
    BitSet places = new BitSet();
    places.set(from, to);
    return places;
  }

  @RepeatedTest(30)
  void hasWhatTheBlockHas(RepetitionInfo repetition) throws CorruptBlockException {
    List<SeriesChunks> series = new RandomSeries(repetition.getCurrentRepetition()).sorted();
    List<SeriesChunks> read = new ArrayList<>();
    for (Block block : new BlockWriter("tenant", "m", 0).write(series)) {
      OpenBlock open = open(block);
      assertThat(open.sequence()).isEqualTo(5);
      read.addAll(open.select(open.matching(List.of()), Long.MIN_VALUE, Long.MAX_VALUE));
    }
    assertThat(RandomSeries.texts(read)).isEqualTo(RandomSeries.texts(series));
  }

  @Test
  void givesWantedSeriesAndChunksThatReachIntoTheTime() throws CorruptBlockException {
    OpenBlock block = twentySeries();
    BitSet wanted = block.matching(List.of(Matcher.regex("i", "[c-l]")));
    assertThat(wanted).isEqualTo(places(2, 12));
    assertThat(block.select(wanted, 99, 99))
        .hasSize(10)
        .allSatisfy(
            each -> assertThat(each.chunks()).extracting(Chunk::minTime).containsExactly(0L));
    assertThat(block.select(wanted, 99, 100))
        .allSatisfy(each -> assertThat(each.chunks()).hasSize(2));
    assertThat(block.select(wanted, 200, 300)).isEmpty();
    assertThat(block.select(new BitSet(), 0, 300)).isEmpty();
  }

  @Test
  void fewSeriesDoNotHoldTheBlock() throws CorruptBlockException {
    OpenBlock block = twentySeries();
    List<SeriesChunks> many = block.select(places(0, 5), 0, 199);
    List<SeriesChunks> few = block.select(places(0, 4), 0, 199);
    assertThat(RandomSeries.texts(few)).isEqualTo(RandomSeries.texts(many.subList(0, 4)));
    Chunk shared = many.getFirst().chunks().getFirst();
    Chunk copied = few.getFirst().chunks().getFirst();
    assertThat(shared.values().array().length).isGreaterThan(shared.values().length());
    assertThat(copied.values().array()).hasSize(copied.values().length());
    // Series that share a time column share its copy.
    assertThat(few.get(1).chunks().getFirst().times().array()).isSameAs(copied.times().array());
  }

  @Test
  void estimateGrowsWithChunksAndSeries() throws CorruptBlockException {
    Block block =
        new BlockWriter("tenant", "m", 0)
            .write(
                List.of(
                    RandomSeries.series(
                        "tenant",
                        Labels.of("__name__", "m"),
                        RandomSeries.chunkOf(10_000, 10, 0, 99, 1))))
            .getFirst();
    assertThat(open(block).estimatedBytes()).isBetween(10_000, 12_000);
    assertThat(twentySeries().estimatedBytes()).isGreaterThan(20 * 160);
  }
}
