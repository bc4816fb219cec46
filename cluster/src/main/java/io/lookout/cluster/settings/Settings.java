package io.lookout.cluster.settings;

import java.util.List;

/** The effective settings of this node. */
public interface Settings {
  /**
   * The settings of one area. Validated before any role starts.
   *
   * @param type a record whose components all carry {@link Setting}
   * @throws IllegalArgumentException for a type that nobody declared
   */
  <R extends Record> R of(Class<R> type);

  /** Every known setting with its value, sorted by name. Secret values are masked. */
  List<EffectiveSetting> effective();

  /** Nothing set by anybody: every type is known and has its defaults. For tests. */
  static Settings defaults() {
    return with();
  }

  /**
   * Every type is known; what is not in these assignments has its default. For tests.
   *
   * @param assignments each {@code area.noun=value}
   * @throws SettingsException where an assignment has no equals sign
   */
  static Settings with(String... assignments) {
    return OpenSettings.of(List.of(assignments));
  }
}
