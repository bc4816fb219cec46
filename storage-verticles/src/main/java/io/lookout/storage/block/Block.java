package io.lookout.storage.block;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HexFormat;
import java.util.List;

/**
 * One document: series of one tenant and metric over one window. What a block store indexes beside
 * the two binaries follows from them.
 *
 * @param id names the contents: the same series and samples give the same id, so that a block that
 *     is put again, by a retry or after a restart, takes its own place
 * @param metric the metric name, empty for series that have none
 * @param windowStart start of the window, ms: decides which index holds the block
 * @param sequence of two blocks with a sample of one series and time, that of the higher one
 *     counts: wall time, ms, at which the window was frozen, or the highest of what was compacted
 * @param level how often its samples were put together: 0 as they were sealed, 1 compacted
 * @param minTime time of the first sample inside, ms
 * @param maxTime time of the last sample inside, ms
 * @param labels {@link LabelTerm}s of every distinct label inside but the metric name
 * @param series the label table
 * @param chunks the columns of times and values
 */
@SuppressWarnings("ArrayRecordComponent") // Documents are handed on, not compared.
public record Block(
    String id,
    String tenant,
    String metric,
    long windowStart,
    long sequence,
    int level,
    long minTime,
    long maxTime,
    List<String> labels,
    int seriesCount,
    long sampleCount,
    byte[] series,
    byte[] chunks) {

  public Block {
    labels = List.copyOf(labels);
  }

  /** What the binaries take. */
  public int bytes() {
    return series.length + chunks.length;
  }

  /** 32 hexadecimal digits: XXH3 128 over all that makes the block what it is. */
  static String idOf(BlockOrigin origin, byte[] series, byte[] chunks) {
    HashValue128 hash =
        Hashing.xxh3_128()
            .hashStream()
            .putString(origin.tenant())
            .putString(origin.metric())
            .putLong(origin.windowStart())
            .putLong(origin.sequence())
            .putInt(origin.level())
            .putByteArray(series)
            .putByteArray(chunks)
            .get();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(hash.getMostSignificantBits())
        + hex.toHexDigits(hash.getLeastSignificantBits());
  }
}
