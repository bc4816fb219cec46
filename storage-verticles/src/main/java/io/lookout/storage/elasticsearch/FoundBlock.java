package io.lookout.storage.elasticsearch;

import io.lookout.storage.elasticsearch.SearchPage.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A block that a search has found, and of which no more than this was read.
 *
 * @param place the index that it is in
 * @param bytes what its binaries take
 */
record FoundBlock(String place, String id, long bytes) {
  /** Blocks by the ids that they have inside, which is nearly for nothing. */
  static final BlockSearch.Reading CHEAP =
      BlockSearch.Reading.columns(BlockMapping.ID, BlockMapping.BYTES);

  /** Blocks by the ids that the engine knows them by, whatever somebody has put into them. */
  static final BlockSearch.Reading SURE =
      new BlockSearch.Reading(List.of(), List.of(BlockMapping.BYTES));

  static FoundBlock of(Hit hit) {
    return new FoundBlock(hit.index(), hit.id(), hit.number(BlockMapping.BYTES));
  }

  /**
   * Puts blocks of one index together that are to be read at once.
   *
   * @param maxBytes of the blocks that are put together
   * @param maxBlocks that are put together
   */
  static List<List<FoundBlock>> parts(List<FoundBlock> found, long maxBytes, int maxBlocks) {
    Map<String, List<FoundBlock>> places = new TreeMap<>();
    found.forEach(
        block -> places.computeIfAbsent(block.place, place -> new ArrayList<>()).add(block));
    List<List<FoundBlock>> parts = new ArrayList<>();
    for (List<FoundBlock> blocks : places.values()) {
      addParts(blocks, maxBytes, maxBlocks, parts);
    }
    return parts;
  }

  private static void addParts(
      List<FoundBlock> blocks, long maxBytes, int maxBlocks, List<List<FoundBlock>> parts) {
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < blocks.size(); i++) {
      bytes += blocks.get(i).bytes;
      if (i > from && (bytes > maxBytes || i - from == maxBlocks)) {
        parts.add(blocks.subList(from, i));
        from = i;
        bytes = blocks.get(i).bytes;
      }
    }
    parts.add(blocks.subList(from, blocks.size()));
  }
}
