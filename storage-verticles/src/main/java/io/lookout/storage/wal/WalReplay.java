package io.lookout.storage.wal;

/**
 * What a replay found.
 *
 * @param records whole records read
 * @param samples in them
 * @param skippedBytes torn or damaged
 * @param unknownSamples skipped, because the definition of their series was damaged
 * @param missingSegments that should be between others
 */
public record WalReplay(
    int segments,
    long records,
    long samples,
    long skippedBytes,
    long unknownSamples,
    int missingSegments) {
  static final WalReplay NOTHING = new WalReplay(0, 0, 0, 0, 0, 0);

  WalReplay plus(WalReplay other) {
    return new WalReplay(
        segments + other.segments,
        records + other.records,
        samples + other.samples,
        skippedBytes + other.skippedBytes,
        unknownSamples + other.unknownSamples,
        missingSegments + other.missingSegments);
  }
}
