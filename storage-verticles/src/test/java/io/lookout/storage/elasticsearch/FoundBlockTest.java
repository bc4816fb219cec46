package io.lookout.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoundBlockTest {
  private static List<FoundBlock> blocks(String place, int count, long bytes) {
    return IntStream.range(0, count)
        .mapToObj(i -> new FoundBlock(place, place + i, bytes))
        .toList();
  }

  private static List<List<FoundBlock>> parts(List<FoundBlock> found) {
    return FoundBlock.parts(found, 1000, 4);
  }

  @Test
  void partsHoldNoMoreBytesThanMayBeReadAtOnce() {
    List<FoundBlock> found = blocks("a", 7, 400);

    assertThat(parts(found)).extracting(List::size).containsExactly(2, 2, 2, 1);
    assertThat(parts(found).stream().flatMap(List::stream)).containsExactlyElementsOf(found);
  }

  @Test
  void partsHoldNoMoreBlocksThanAPage() {
    assertThat(parts(blocks("a", 9, 1))).extracting(List::size).containsExactly(4, 4, 1);
  }

  @Test
  void aBlockThatIsLargerThanAPartIsOne() {
    assertThat(parts(blocks("a", 3, 5000))).extracting(List::size).containsExactly(1, 1, 1);
  }

  @Test
  void blocksOfDifferentIndicesAreNotReadTogether() {
    List<FoundBlock> mixed =
        List.of(
            new FoundBlock("b", "1", 1), new FoundBlock("a", "2", 1), new FoundBlock("b", "3", 1));

    assertThat(parts(mixed))
        .extracting(part -> part.stream().map(FoundBlock::id).toList())
        .containsExactly(List.of("2"), List.of("1", "3"));
  }

  @Test
  void nothingFoundIsNothingToRead() {
    assertThat(parts(List.of())).isEmpty();
  }
}
