package io.lookout.app.docs;

import io.lookout.app.repository.SettingsRecords;
import io.lookout.cluster.settings.Setting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes docs/settings.md from the records on the class path whose components are settings. */
final class SettingsReference {
  private static final String HEAD =
      """
      # Settings

      A setting has one name wherever it is written. `storage.retention`, for example:

      | where | how |
      |---|---|
      | `lookout.yaml`, named by `--config FILE` | `storage:` and under it `retention: 30d` |
      | the environment | `LOOKOUT_STORAGE_RETENTION=30d` |
      | the command line | `--set storage.retention=30d` |

      What stands lower in this table counts more. A setting that does not exist, or whose value has another type, stops
      the start with its name, where it stands, and the nearest one that exists; `./lookout check config FILE` says the
      same without starting.

      Durations are numbers with a unit (`500ms`, `30s`, `5m`, `2h`, `15d`) and may be put together (`1h30m`). Byte sizes
      have binary units (`512KiB`, `32MiB`, `2GiB`). Lists are separated by commas, or YAML lists in the file.

      This page is made from the code: `mvn test -pl app -am -Dtest=SettingsReferenceTest -Dupdate.docs=true
      -Dsurefire.failIfNoSpecifiedTests=false` writes it anew.
      """;

  private SettingsReference() {}

  static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    byArea(settings())
        .forEach((area, settings) -> {
          page.append("\n## ").append(area).append("\n\n");
          page.append("| setting | type | default | what it does |\n|---|---|---|---|\n");
          settings.forEach(component -> page.append(row(component)));
        });
    return page.toString();
  }

  static List<RecordComponent> settings() {
    return SettingsRecords.all().stream()
        .flatMap(record -> Stream.of(record.getRecordComponents()))
        .sorted(Comparator.comparing(component -> setting(component).name()))
        .toList();
  }

  private static Map<String, List<RecordComponent>> byArea(List<RecordComponent> settings) {
    Map<String, List<RecordComponent>> areas = new TreeMap<>();
    for (RecordComponent component : settings) {
      String area = setting(component).name().replaceFirst("\\..*", "");
      areas.computeIfAbsent(area, unseen -> new ArrayList<>()).add(component);
    }
    return areas;
  }

  private static Setting setting(RecordComponent component) {
    return component.getAnnotation(Setting.class);
  }

  private static String row(RecordComponent component) {
    Setting setting = setting(component);
    String defaultValue =
        setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
    return "| `%s` | %s | %s | %s%s |%n"
        .formatted(
            setting.name(),
            type(component.getType()),
            defaultValue,
            setting.help().replace("|", "\\|"),
            setting.secret() ? " Secret." : "");
  }

  private static String written(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String type(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> "`" + written(constant) + "`")
          .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "String" -> "text";
      case "int", "long" -> "whole number";
      case "double" -> "number";
      case "boolean" -> "`true`, `false`";
      case "Duration" -> "duration";
      case "ByteSize" -> "byte size";
      case "HostPort" -> "`host:port`";
      case "List" -> "list";
      default -> type.getSimpleName();
    };
  }
}
