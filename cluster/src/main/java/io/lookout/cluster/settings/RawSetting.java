package io.lookout.cluster.settings;

import java.util.List;

/**
 * An assignment as it was written, before anybody knows whether there is such a setting.
 *
 * @param name dotted
 */
public record RawSetting(String name, Value value, Origin origin) {
  /** What was written. */
  public sealed interface Value {}

  /** One text; a list is written with commas. */
  public record Text(String text) implements Value {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The entries of a list. */
  public record Items(List<String> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return String.join(",", items);
    }
  }

  /** A list of more than plain values, as YAML in flow style. */
  public record Nested(String yaml) implements Value {
    @Override
    public String toString() {
      return yaml;
    }
  }

  /** An assignment of one text. */
  public static RawSetting text(String name, String value, Origin origin) {
    return new RawSetting(name, new Text(value), origin);
  }

  /**
   * Reads {@code name=value}.
   *
   * @throws SettingsException where there is no equals sign or no name
   */
  public static RawSetting assignment(String text, Origin origin) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new SettingsException(
          List.of(origin + ": '" + text + "' is no assignment; write area.noun=value"));
    }
    return text(text.substring(0, equals).strip(), text.substring(equals + 1).strip(), origin);
  }
}
