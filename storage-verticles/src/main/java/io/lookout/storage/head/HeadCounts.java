package io.lookout.storage.head;

/** What a head counts as it appends. Plain numbers, read by the thread of the head. */
public final class HeadCounts {
  public long appended;
  public long outOfOrder;

  /** Samples of a window that was sealed before, or is older than one that was. */
  public long late;

  /** Samples of a time that the series has already, with the value that it has. */
  public long duplicates;

  /** Samples of a time that the series has already, with another value, which counts now. */
  public long replaced;

  /** Side buffers that were merged before their time because all of them together took too much. */
  public long sidesMerged;

  /** Roughly the bytes of all side buffers. */
  public long sideBytes;

  /** Exemplars that were new. */
  public long exemplars;

  /** Exemplars that went because newer ones came. */
  public long exemplarsDropped;

  /** Zeros that were put where series started, counted among the appended too. */
  public long zeros;

  /** Regular expressions whose values were remembered. */
  public long patternHits;

  /** Regular expressions that were tried on all values of their label. */
  public long patternMisses;

  /** Bytes of all chunks. */
  public long chunkBytes;

  /** Bytes of the open columns of all series. */
  public long openBytes;

  /** Counts anew what happens; what there is stays. */
  public void begin() {
    appended = 0;
    outOfOrder = 0;
    late = 0;
    duplicates = 0;
    replaced = 0;
    sidesMerged = 0;
    exemplars = 0;
    exemplarsDropped = 0;
    zeros = 0;
    patternHits = 0;
    patternMisses = 0;
  }
}
