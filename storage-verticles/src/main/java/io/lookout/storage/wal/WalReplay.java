package io.lookout.storage.wal;

/**
 * What a replay found.
 *
 * @param records whole records read
 * @param samples in them
 * @param skippedBytes behind a torn or damaged record, up to the end of its segment
 */
public record WalReplay(int segments, long records, long samples, long skippedBytes) {
  WalReplay plus(WalReplay other) {
    return new WalReplay(
        segments + other.segments,
        records + other.records,
        samples + other.samples,
        skippedBytes + other.skippedBytes);
  }
}
