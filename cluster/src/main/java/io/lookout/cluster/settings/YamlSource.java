package io.lookout.cluster.settings;

import io.lookout.cluster.settings.RawSetting.Items;
import io.lookout.cluster.settings.RawSetting.Nested;
import io.lookout.cluster.settings.RawSetting.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
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
 * Settings from a YAML file. Names may be nested, dotted, or both:
 *
 * <pre>
 * storage:
 *   retention: 30d
 *   wal.sync: always
 * query.timeout: 2m
 * </pre>
 *
 * <p>A name without a value, as it stays when all lines below it are commented out, sets nothing.
 */
final class YamlSource {
  private static final int MAX_CODE_POINTS = 1 << 20;

  private final String file;
  private final List<RawSetting> settings = new ArrayList<>();
  private final Map<String, Origin> seen = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private YamlSource(String file) {
    this.file = file;
  }

  /**
   * @param file its name, for messages
   * @throws SettingsException where the text is no YAML, or is no mapping of names to values
   */
  static List<RawSetting> read(String file, String text) {
    YamlSource source = new YamlSource(file);
    source.compose(text).ifPresent(root -> source.walk("", root));
    if (!source.problems.isEmpty()) {
      throw new SettingsException(source.problems);
    }
    return source.settings;
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(MAX_CODE_POINTS)
            .setAllowDuplicateKeys(true) // said below, with both lines
            .build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new SettingsException(List.of(new Origin.File(file, line) + ": " + e.getProblem()));
    } catch (YamlEngineException e) {
      throw new SettingsException(List.of(file + ": " + e.getMessage()));
    }
  }

  private void walk(String path, Node node) {
    switch (node) {
      case MappingNode mapping -> mapping.getValue().forEach(entry -> enter(path, entry));
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> {}
      case ScalarNode scalar when !path.isEmpty() -> set(path, new Text(scalar.getValue()), node);
      case SequenceNode sequence when !path.isEmpty() -> items(path, sequence);
      default ->
          problems.add(origin(node) + ": a file of settings is a mapping of names to values");
    }
  }

  private void enter(String path, NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode key && !key.getValue().isBlank()) {
      walk(path.isEmpty() ? key.getValue() : path + "." + key.getValue(), entry.getValueNode());
    } else {
      problems.add(origin(entry.getKeyNode()) + ": a name of a setting belongs here");
    }
  }

  private void items(String path, SequenceNode sequence) {
    List<String> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (item instanceof ScalarNode scalar) {
        items.add(scalar.getValue());
      } else {
        set(path, new Nested(FlowStyle.of(sequence)), sequence);
        return;
      }
    }
    set(path, new Items(items), sequence);
  }

  private void set(String name, RawSetting.Value value, Node node) {
    Origin origin = origin(node);
    @Nullable Origin before = seen.put(name, origin);
    if (before != null) {
      problems.add(origin + ": setting " + name + " was set before, at " + before);
    }
    settings.add(new RawSetting(name, value, origin));
  }

  private Origin origin(Node node) {
    return new Origin.File(file, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
  }
}
