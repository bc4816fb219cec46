package io.lookout.cluster.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers settings from where they may be written and binds them to records. What is added later
 * counts more: file, then environment, then command line; below all of them the defaults.
 */
public final class SettingsBinder {
  private final Collection<Class<? extends Record>> types;
  private final Catalogue catalogue;
  private final Map<String, RawSetting> given = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param types every settings record of the node, also of roles that this node does not play: one
   *     file may serve all nodes
   */
  public SettingsBinder(Collection<Class<? extends Record>> types) {
    this.types = List.copyOf(types);
    this.catalogue = Catalogue.of(types);
  }

  public SettingsBinder file(Path file) {
    try {
      return yaml(file.toString(), Files.readString(file));
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e);
      return this;
    }
  }

  /**
   * @param name of the file, for messages
   */
  public SettingsBinder yaml(String name, String text) {
    try {
      return add(YamlSource.read(name, text));
    } catch (SettingsException e) {
      problems.addAll(e.problems());
      return this;
    }
  }

  public SettingsBinder environment(Map<String, String> environment) {
    return add(EnvironmentSource.read(environment, catalogue));
  }

  public SettingsBinder add(List<RawSetting> settings) {
    for (RawSetting setting : settings) {
      if (catalogue.find(setting.name()) == null) {
        problems.add(setting.origin() + ": " + catalogue.unknown(setting.name()));
      }
      given.put(setting.name(), setting);
    }
    return this;
  }

  /**
   * @throws SettingsException with everything that is wrong
   */
  public Settings bind() {
    RecordBinding binding = new RecordBinding(this::raw);
    Map<Class<?>, Record> bound = new HashMap<>();
    for (Class<? extends Record> type : types) {
      @Nullable Record made = binding.bind(type);
      if (made != null) {
        bound.put(type, made);
      }
    }
    problems.addAll(binding.problems());
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new BoundSettings(Map.copyOf(bound), effective());
  }

  private RawSetting raw(Definition definition) {
    return given.getOrDefault(definition.name(), definition.defaultValue());
  }

  private List<EffectiveSetting> effective() {
    return catalogue.all().stream()
        .map(known ->
            new EffectiveSetting(known.name(), known.shown(raw(known)), raw(known).origin()))
        .toList();
  }
}
