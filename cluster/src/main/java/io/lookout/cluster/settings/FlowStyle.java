package io.lookout.cluster.settings;

import java.util.HexFormat;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Writes a YAML node on one line, {@code [{a: "x"}, …]}, so that reading it gives the same. */
final class FlowStyle {
  private FlowStyle() {}

  static String of(Node node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(Node node, StringBuilder text) {
    switch (node) {
      case ScalarNode scalar -> append(scalar, text);
      case SequenceNode sequence -> {
        String between = "[";
        for (Node each : sequence.getValue()) {
          append(each, text.append(between));
          between = ", ";
        }
        text.append(sequence.getValue().isEmpty() ? "[]" : "]");
      }
      case MappingNode mapping -> {
        String between = "{";
        for (NodeTuple each : mapping.getValue()) {
          append(each.getKeyNode(), text.append(between));
          append(each.getValueNode(), text.append(": "));
          between = ", ";
        }
        text.append(mapping.getValue().isEmpty() ? "{}" : "}");
      }
      default -> throw new IllegalStateException("a YAML node of type " + node.getNodeType());
    }
  }

  /** Quoted unless it is no text, so that no word is taken for something else. */
  private static void append(ScalarNode scalar, StringBuilder text) {
    if (!scalar.getTag().equals(Tag.STR)) {
      text.append(scalar.getTag().equals(Tag.NULL) ? "null" : scalar.getValue());
      return;
    }
    text.append('"');
    String value = scalar.getValue();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f) {
        text.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
