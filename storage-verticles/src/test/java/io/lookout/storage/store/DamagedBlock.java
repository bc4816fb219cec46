package io.lookout.storage.store;

import io.lookout.storage.block.Block;
import java.util.Arrays;

/** Blocks whose bytes are not what was written. */
public final class DamagedBlock {
  private DamagedBlock() {}

  /** A block with other binaries under the same id. */
  public static Block of(Block block, byte[] series, byte[] chunks) {
    return new Block(
        block.id(),
        block.tenant(),
        block.metric(),
        block.windowStart(),
        block.sequence(),
        block.level(),
        block.minTime(),
        block.maxTime(),
        block.labels(),
        block.seriesCount(),
        block.sampleCount(),
        series,
        chunks);
  }

  /** One bit is another. */
  public static byte[] flipped(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[copy.length / 2] ^= 0x10;
    return copy;
  }

  /** The second half is missing. */
  public static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }
}
