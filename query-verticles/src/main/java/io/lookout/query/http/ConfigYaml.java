package io.lookout.query.http;

import io.lookout.cluster.settings.EffectiveSetting;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Settings as YAML 1.2, one a line; secret ones are masked already. */
final class ConfigYaml {
  /** What every reader of YAML takes for the number or truth value that it is. */
  private static final Pattern PLAIN = Pattern.compile("0|-?[1-9][0-9]{0,17}|true|false");

  private final StringBuilder yaml = new StringBuilder();

  private ConfigYaml() {}

  static String of(List<EffectiveSetting> settings) {
    ConfigYaml config = new ConfigYaml();
    for (EffectiveSetting each : settings) {
      config.yaml.append(each.name()).append(": ");
      config.value(each.value());
      config.yaml.append('\n');
    }
    return config.yaml.toString();
  }

  private void value(String value) {
    if (PLAIN.matcher(value).matches()) {
      yaml.append(value);
      return;
    }
    yaml.append('"');
    value.codePoints().forEach(this::quoted);
    yaml.append('"');
  }

  private void quoted(int c) {
    if (c == '"' || c == '\\') {
      yaml.append('\\').append((char) c);
    } else if (c >= ' ' && c <= '~') {
      yaml.append((char) c);
    } else if (Character.isBmpCodePoint(c)) {
      yaml.append(String.format(Locale.ROOT, "\\u%04x", c));
    } else {
      yaml.append(String.format(Locale.ROOT, "\\U%08x", c));
    }
  }
}
