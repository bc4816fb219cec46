package io.lookout.storage.wal;

/** The first byte of a record's payload: part of the format, never renumbered. */
final class RecordType {
  static final int SERIES = 1;
  static final int SAMPLES = 2;
  static final int HISTOGRAMS = 3;
  static final int EXEMPLARS = 4;
  static final int METADATA = 5;
  static final int SEALED = 6;
  static final int RELEASED = 7;
  static final int GENERATION = 8;

  private RecordType() {}

  static boolean isKnown(int type) {
    return type >= SERIES && type <= GENERATION;
  }
}
