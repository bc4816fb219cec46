package io.lookout.ingest.otlp;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
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

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private MetricNames() {}

  static String of(Metric metric) {
    List<String> words = words(metric.getName());
    String unit = metric.getUnit().strip();
    addUnit(words, unit);
    if (isCounter(metric)) {
      moveToEnd(words, "total");
    } else if (unit.equals("1") && metric.hasGauge()) {
      moveToEnd(words, "ratio");
    }
    String name = String.join("_", words);
    boolean digit = !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    return digit ? "_" + name : name;
  }

  /** Sums that only grow, of either temporality: deltas are summed up here. */
  static boolean isCounter(Metric metric) {
    return metric.hasSum() && metric.getSum().getIsMonotonic();
  }

  static boolean isDelta(AggregationTemporality temporality) {
    return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  }

  /** As metadata has it; an unknown unit as it was given. */
  static String unit(Metric metric) {
    List<String> words = new ArrayList<>();
    addUnit(words, metric.getUnit().strip());
    return String.join("_", words);
  }

  private static void addUnit(List<String> words, String unit) {
    int slash = unit.indexOf('/');
    String main = (slash < 0 ? unit : unit.substring(0, slash)).strip();
    String per = slash < 0 ? "" : unit.substring(slash + 1).strip();
    addOnce(words, unitWord(main, UNITS));
    String perWord = unitWord(per, PER);
    if (!perWord.isEmpty() && !words.contains(perWord)) {
      words.add("per");
      words.add(perWord);
    }
  }

  /** Annotations in braces say what is counted, and are no unit. */
  private static String unitWord(String unit, Map<String, String> known) {
    if (unit.isEmpty() || unit.indexOf('{') >= 0 || unit.indexOf('}') >= 0) {
      return "";
    }
    return String.join("_", words(known.getOrDefault(unit, unit)));
  }

  private static void addOnce(List<String> words, String word) {
    if (!word.isEmpty() && !words.contains(word)) {
      words.add(word);
    }
  }

  private static void moveToEnd(List<String> words, String word) {
    words.removeIf(word::equals);
    words.add(word);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isNameChar(text.charAt(i))) {
        if (i > begin) {
          words.add(text.substring(begin, i));
        }
        begin = i + 1;
      }
    }
    return words;
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':';
  }
}
