package io.lookout.storage.head;

/** What a head counts as it appends. Plain numbers, read by the thread of the head. */
public final class HeadCounts {
  public long appended;
  public long outOfOrder;

  /** Samples of a time that the series has already, with the value that it has. */
  public long duplicates;

  /** Samples of a time that the series has already, with another value, which counts now. */
  public long replaced;

  /** Bytes of all chunks. */
  public long chunkBytes;

  /** Bytes of the open columns of all series. */
  public long openBytes;
}
