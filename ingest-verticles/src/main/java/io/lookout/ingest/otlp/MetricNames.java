package io.lookout.ingest.otlp;

import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names of metrics as Prometheus writes them: what is no letter, digit or colon parts words, words
 * are joined by underscores, the unit comes behind them, and {@code total} behind that of a
 * counter, {@code ratio} behind that of a gauge of unit 1:
 *
 * <pre>
 *   http.server.request.duration  s    histogram  → http_server_request_duration_seconds
 *   system.network.io             By   counter    → system_network_io_bytes_total
 *   car.speed                     m/s  gauge      → car_speed_meters_per_second
 * </pre>
 *
 * <p>Other strategies leave out the suffixes, or leave the name as it is.
 *
 * <p>Source: OpenTelemetry's "Prometheus and OpenMetrics Compatibility", section "Metric Metadata".
 */
final class MetricNames {
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final String TOTAL = "total";
  private static final String RATIO = "ratio";

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private MetricNames() {}

  static String of(Metric metric, NamingStrategy strategy) {
    if (!strategy.escapes()) {
      return strategy.suffixes() ? dotted(metric) : metric.getName();
    }
    List<String> words = words(metric.getName(), !strategy.suffixes());
    if (strategy.suffixes()) {
      addSuffixes(words, metric);
    }
    String name = String.join("_", words);
    boolean digit = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    return digit ? "_" + name : name;
  }

  private static void addSuffixes(List<String> words, Metric metric) {
    Unit unit = Unit.of(metric);
    String main = String.join("_", words(unit.main(), false));
    if (!main.isEmpty() && !words.contains(main)) {
      words.add(main);
    }
    if (!unit.per().isEmpty()) {
      words.add(perText(unit));
    }
    if (isCounter(metric)) {
      moveToEnd(words, TOTAL);
    } else if (isRatio(metric)) {
      moveToEnd(words, RATIO);
    }
  }

  /** Suffixes behind a name that stays as it is; one that is there already is not doubled. */
  private static String dotted(Metric metric) {
    Unit unit = Unit.of(metric);
    String last = isCounter(metric) ? TOTAL : isRatio(metric) ? RATIO : "";
    String per = unit.per().isEmpty() ? "" : "per_" + unit.per();
    String name = without(without(metric.getName(), last), per);
    if (!unit.main().isEmpty() && !name.endsWith(unit.main())) {
      name += "_" + unit.main();
    }
    return name + (per.isEmpty() ? "" : "_" + per) + (last.isEmpty() ? "" : "_" + last);
  }

  /** Without a suffix and the character before it. */
  private static String without(String name, String suffix) {
    return !suffix.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length() + 1
        ? name.substring(0, name.length() - suffix.length() - 1)
        : name;
  }

  private static boolean isRatio(Metric metric) {
    return metric.hasGauge() && metric.getUnit().strip().equals("1");
  }

  /** Sums that only grow, of either temporality: deltas are summed up here. */
  static boolean isCounter(Metric metric) {
    return metric.hasSum() && metric.getSum().getIsMonotonic();
  }

  /** As metadata has it; an unknown unit as it was given. */
  static String unit(Metric metric) {
    Unit unit = Unit.of(metric);
    List<String> words = new ArrayList<>(words(unit.main(), false));
    if (!unit.per().isEmpty()) {
      words.add(perText(unit));
    }
    return String.join("_", words);
  }

  private static String perText(Unit unit) {
    return "per_" + String.join("_", words(unit.per(), false));
  }

  /**
   * What a metric is measured in, in words; empty for what is not there. Annotations in braces say
   * what is counted, and are no unit.
   */
  private record Unit(String main, String per) {
    static Unit of(Metric metric) {
      String unit = metric.getUnit().strip();
      int slash = unit.indexOf('/');
      String main = (slash < 0 ? unit : unit.substring(0, slash)).strip();
      String per = slash < 0 ? "" : unit.substring(slash + 1).strip();
      return new Unit(word(main, UNITS), word(per, PER));
    }

    private static String word(String unit, Map<String, String> known) {
      boolean annotation = unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0;
      return annotation ? "" : known.getOrDefault(unit, unit);
    }
  }

  private static void moveToEnd(List<String> words, String word) {
    words.removeIf(word::equals);
    words.add(word);
  }

  /**
   * @param underscores whether they belong to words, and do not part them
   */
  private static List<String> words(String text, boolean underscores) {
    List<String> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isNameChar(text.charAt(i), underscores)) {
        if (i > begin) {
          words.add(text.substring(begin, i));
        }
        begin = i + 1;
      }
    }
    return words;
  }

  private static boolean isNameChar(char c, boolean underscores) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == ':'
        || (underscores && c == '_');
  }
}
