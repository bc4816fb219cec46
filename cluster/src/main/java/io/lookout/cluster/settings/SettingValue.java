package io.lookout.cluster.settings;

import io.lookout.cluster.settings.RawSetting.Items;
import io.lookout.cluster.settings.RawSetting.Nested;
import io.lookout.cluster.settings.RawSetting.Text;
import io.lookout.cluster.settings.RawSetting.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Turns what was written into the type of a settings component. */
final class SettingValue {
  private SettingValue() {}

  /**
   * @throws IllegalArgumentException whose message reads on after the offending text: "is no …"
   */
  static Object parse(Value value, Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return items(value);
    }
    return switch (value) {
      case Text(String text) -> scalar(text, (Class<?>) type);
      case Nested(String yaml) when type == String.class -> yaml;
      case Items ignored -> throw new IllegalArgumentException("is a list where one value belongs");
      case Nested ignored ->
          throw new IllegalArgumentException("is a list where one value belongs");
    };
  }

  private static List<String> items(Value value) {
    return switch (value) {
      case Items(List<String> items) -> items;
      case Nested ignored ->
          throw new IllegalArgumentException("is a list that holds more than plain values");
      case Text(String text) ->
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .filter(item -> !item.isEmpty())
              .toList();
    };
  }

  private static Object scalar(String text, Class<?> type) {
    if (type == String.class) {
      return text;
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == int.class) {
      return Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (type == long.class) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class) {
      return number(text);
    } else if (type == Duration.class) {
      return DurationText.parse(text);
    } else if (type == ByteSize.class) {
      return ByteSize.parse(text);
    } else if (type == HostPort.class) {
      return HostPort.parse(text);
    } else if (type.isEnum()) {
      return constant(text, type);
    }
    throw new IllegalStateException(type + " is no type of settings");
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static long whole(String text, long min, long max) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no whole number", e);
    }
    throw new IllegalArgumentException("is not between " + min + " and " + max);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no number", e);
    }
  }

  private static Object constant(String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (written(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        Arrays.stream(type.getEnumConstants())
            .map(SettingValue::written)
            .collect(Collectors.joining(", ", "is none of ", "")));
  }

  private static String written(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
