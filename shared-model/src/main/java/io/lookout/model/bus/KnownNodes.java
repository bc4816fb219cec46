package io.lookout.model.bus;

import java.util.List;

/**
 * What a node knows of storage nodes, those that are away included, so that one that has just come
 * knows what is missing.
 */
public record KnownNodes(List<KnownNode> nodes) {
  public KnownNodes {
    nodes = List.copyOf(nodes);
  }
}
