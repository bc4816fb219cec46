package io.lookout.model.bus;

/**
 * A storage node that has been there, and may hold samples that no other has. Of two words on the
 * same node, the later time counts.
 *
 * @param heard when it was last heard of, or when it was forgotten; ms
 * @param forgotten whether an operator said that it will not come back
 */
public record KnownNode(String id, long heard, boolean forgotten) {
  public KnownNode {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a storage node without a name");
    }
  }
}
