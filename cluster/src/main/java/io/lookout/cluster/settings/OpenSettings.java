package io.lookout.cluster.settings;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Settings that bind whatever type is asked for, when it is asked for. */
final class OpenSettings implements Settings {
  private final Map<String, RawSetting> given;
  private final Map<Class<?>, Record> bound = new ConcurrentHashMap<>();

  private OpenSettings(Map<String, RawSetting> given) {
    this.given = given;
  }

  static OpenSettings of(List<String> assignments) {
    Map<String, RawSetting> given = new HashMap<>();
    for (String text : assignments) {
      RawSetting setting = RawSetting.assignment(text, new Origin.CommandLine("--set"));
      given.put(setting.name(), setting);
    }
    return new OpenSettings(given);
  }

  @Override
  public <R extends Record> R of(Class<R> type) {
    return type.cast(bound.computeIfAbsent(type, asked -> bind(type)));
  }

  private <R extends Record> R bind(Class<R> type) {
    RecordBinding binding =
        new RecordBinding(known -> given.getOrDefault(known.name(), known.defaultValue()));
    @Nullable R made = binding.bind(type);
    if (made == null) {
      throw new SettingsException(binding.problems());
    }
    return made;
  }

  @Override
  public List<EffectiveSetting> effective() {
    return given.values().stream()
        .map(raw -> new EffectiveSetting(raw.name(), raw.value().toString(), raw.origin()))
        .sorted(Comparator.comparing(EffectiveSetting::name))
        .toList();
  }
}
