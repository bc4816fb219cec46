package io.lookout.model.bus.wire;

import io.lookout.model.bus.KnownNode;
import io.lookout.model.bus.KnownNodes;

/** {@link KnownNodes}. */
final class KnownNodesWire {
  private KnownNodesWire() {}

  static void write(KnownNodes known, WireOutput out) {
    out.list(
        known.nodes(),
        node -> {
          out.text(node.id());
          out.bytes().putZigZag(node.heard());
          out.flag(node.forgotten());
        });
  }

  static KnownNodes read(WireInput in) {
    return new KnownNodes(
        in.list(() -> new KnownNode(in.text(), in.bytes().readZigZag(), in.flag())));
  }
}
