package io.lookout.model.bus;

/**
 * Who reads the blocks of a store that several storage nodes share, so that a question has them
 * read once, not by each node that is asked.
 *
 * @param ageMs with {@link Who#ELSEWHERE}: the question began at most so long before it arrives
 */
public record SharedRead(Who who, long ageMs) {
  /** Each node that is asked reads them for itself. */
  public static final SharedRead EACH = new SharedRead(Who.EACH, 0);

  /** This node alone: it fails where the store cannot answer, since it answers for all. */
  public static final SharedRead HERE = new SharedRead(Who.HERE, 0);

  /** As seen from a node that is asked. */
  public enum Who {
    EACH,
    HERE,
    ELSEWHERE
  }

  public SharedRead {
    if (ageMs < 0) {
      throw new IllegalArgumentException("a question that begins in " + -ageMs + " ms");
    }
  }

  /**
   * Another node does. Blocks that this node has put since the question began may have come too
   * late for that.
   */
  public static SharedRead elsewhere(long ageMs) {
    return new SharedRead(Who.ELSEWHERE, ageMs);
  }
}
