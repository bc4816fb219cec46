package io.lookout.cluster.settings;

import java.util.List;

/** The settings cannot be used. Says everything that is wrong with them, not only the first. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each with the setting's name and where it was written. */
  public List<String> problems() {
    return problems;
  }
}
