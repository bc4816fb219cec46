package io.lookout.ingest.yaml;

import io.lookout.cluster.settings.DurationText;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a YAML file that is read key by key. What nobody has asked for when it {@link #end
 * ends} is an unknown field: an error, because a misspelt field must not be a silent one. Errors
 * are {@link LookoutException} with {@link ErrorCode#BAD_DATA} and name file and line. JSON is YAML
 * and is read too.
 */
public final class YamlSection {
  private static final int MAX_CODE_POINTS = 16 << 20;

  private final String file;
  private final int line;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  private YamlSection(String file, MappingNode node) {
    this.file = file;
    this.line = line(node);
    for (NodeTuple entry : node.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw problem(file, line(entry.getKeyNode()), "the name of a field belongs here");
      }
      if (values.put(key.getValue(), entry.getValueNode()) != null) {
        throw problem(
            file, line(key), "field " + SeriesText.quote(key.getValue()) + " is given twice");
      }
      lines.put(key.getValue(), line(key));
    }
  }

  /** The mapping that a file consists of; an empty file is an empty mapping. */
  public static YamlSection read(String file, String text) {
    Node root = compose(file, text).orElse(null);
    if (root == null || isNull(root)) {
      return new YamlSection(file, emptyMapping());
    }
    return section(file, root);
  }

  /** The mappings of the list that a file consists of. */
  public static List<YamlSection> readList(String file, String text) {
    Node root = compose(file, text).orElse(null);
    return root == null || isNull(root) ? List.of() : list(file, root, n -> section(file, n));
  }

  private static MappingNode emptyMapping() {
    return new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
  }

  private static Optional<Node> compose(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(MAX_CODE_POINTS)
            .setAllowDuplicateKeys(true) // said above, with the line
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw problem(file, line, String.valueOf(e.getProblem()));
    } catch (YamlEngineException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, file + ": " + e.getMessage(), e);
    }
  }

  private static YamlSection section(String file, Node node) {
    if (node instanceof MappingNode mapping) {
      return new YamlSection(file, mapping);
    }
    throw problem(file, line(node), "a mapping of names to values belongs here");
  }

  private static <T> List<T> list(String file, Node node, Function<Node, T> each) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(each).toList();
    }
    throw problem(file, line(node), "a list belongs here");
  }

  private String scalar(Node node) {
    if (node instanceof ScalarNode scalar) {
      return isNull(node) ? "" : scalar.getValue();
    }
    throw problem(file, line(node), "a plain value belongs here");
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static LookoutException problem(String file, int line, String message) {
    return new LookoutException(ErrorCode.BAD_DATA, file + ":" + line + ": " + message);
  }

  /** An error of this mapping as a whole. */
  public LookoutException problem(String message) {
    return problem(file, line, message);
  }

  /** An error of one field. */
  public LookoutException problem(String key, String message) {
    return problem(file, lines.getOrDefault(key, line), message);
  }

  private @Nullable Node take(String key) {
    asked.add(key);
    Node node = values.get(key);
    return node == null || isNull(node) ? null : node;
  }

  /** Whether the field is there and has a value. */
  public boolean has(String key) {
    Node node = values.get(key);
    return node != null && !isNull(node);
  }

  /** Every name, in the order of the file. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }

  public Optional<String> text(String key) {
    Node node = take(key);
    return node == null ? Optional.empty() : Optional.of(scalar(node));
  }

  public String text(String key, String otherwise) {
    return text(key).orElse(otherwise);
  }

  /** A value that is made from text, by a function that throws {@link RuntimeException} for bad. */
  public <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return text(key)
        .map(text -> {
          try {
            return parse.apply(text);
          } catch (IllegalArgumentException e) {
            throw problem(
                key, key + ": " + SeriesText.quote(text) + ": " + String.valueOf(e.getMessage()));
          }
        });
  }

  public boolean flag(String key, boolean otherwise) {
    return parsed(key, YamlSection::bool).orElse(otherwise);
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  /** A whole number of at least 0. */
  public int number(String key, int otherwise) {
    return parsed(key, YamlSection::whole).orElse(otherwise);
  }

  private static int whole(String text) {
    long number = Long.parseLong(text);
    if (number < 0) {
      throw new IllegalArgumentException("must not be negative");
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  public double decimal(String key, double otherwise) {
    return parsed(key, Double::parseDouble).orElse(otherwise);
  }

  public Duration duration(String key, Duration otherwise) {
    return parsed(key, text -> DurationText.parse(text.replace(" ", ""))).orElse(otherwise);
  }

  /** A size as Prometheus writes them, {@code 10MB}: units are powers of 1024. */
  public long bytes(String key, long otherwise) {
    return parsed(key, Base2Bytes::parse).orElse(otherwise);
  }

  public List<String> texts(String key) {
    Node node = take(key);
    return node == null ? List.of() : list(file, node, this::scalar);
  }

  /** A list of words, or one text that has them between commas or blanks. */
  public List<String> words(String key) {
    Node node = take(key);
    if (node == null) {
      return List.of();
    }
    return node instanceof SequenceNode
        ? list(file, node, this::scalar)
        : List.of(scalar(node).split("[, ]+"));
  }

  public Optional<YamlSection> section(String key) {
    Node node = take(key);
    return node == null ? Optional.empty() : Optional.of(section(file, node));
  }

  public List<YamlSection> sections(String key) {
    Node node = take(key);
    return node == null ? List.of() : list(file, node, each -> section(file, each));
  }

  /** A mapping whose values are texts. */
  public Map<String, String> strings(String key) {
    Map<String, String> strings = new LinkedHashMap<>();
    section(key)
        .ifPresent(inner -> inner.names().forEach(name -> strings.put(name, inner.text(name, ""))));
    return strings;
  }

  /** A mapping whose values are lists of texts, or one text. */
  public Map<String, List<String>> lists(String key) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    section(key)
        .ifPresent(inner -> {
          for (String name : inner.names()) {
            Node node = inner.take(name);
            boolean several = node instanceof SequenceNode;
            lists.put(name, several ? inner.texts(name) : List.of(inner.text(name, "")));
          }
        });
    return lists;
  }

  /** Says that a field is known and has no meaning here. */
  public void ignore(String... keys) {
    asked.addAll(List.of(keys));
  }

  /**
   * Ends the reading.
   *
   * @param where for the message: what this mapping is
   * @throws LookoutException for a field that nobody asked for
   */
  public void end(String where) {
    List<String> unknown = new ArrayList<>(values.keySet());
    unknown.removeAll(asked);
    if (!unknown.isEmpty()) {
      String first = unknown.get(0);
      throw problem(first, "field " + SeriesText.quote(first) + " is not known in " + where);
    }
  }

  /**
   * The content in one form whatever the layout: equal for sections that say the same.
   *
   * @param without fields that do not count
   */
  public String canonical(Set<String> without) {
    StringBuilder text = new StringBuilder();
    values.forEach((key, node) -> {
      if (without.contains(key)) {
        return;
      }
      text.append(SeriesText.quote(key)).append(':');
      canonical(node, text);
      text.append(',');
    });
    return text.toString();
  }

  private static void canonical(Node node, StringBuilder text) {
    switch (node) {
      case ScalarNode scalar -> text.append(SeriesText.quote(scalar.getValue()));
      case SequenceNode sequence -> {
        text.append('[');
        for (Node each : sequence.getValue()) {
          canonical(each, text);
          text.append(',');
        }
        text.append(']');
      }
      case MappingNode mapping -> {
        text.append('{');
        for (NodeTuple each : mapping.getValue()) {
          canonical(each.getKeyNode(), text);
          text.append(':');
          canonical(each.getValueNode(), text);
          text.append(',');
        }
        text.append('}');
      }
      default -> text.append(node.getTag());
    }
  }
}
