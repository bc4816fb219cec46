package io.lookout.query.http;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import io.lookout.query.run.PartialAnswers;
import io.lookout.query.select.Gaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters of a request: those of a form come before those of the URL, the first of a name
 * counts. A parameter that is empty counts as absent.
 */
final class Parameters {
  private static final int MAX_PARAMETERS = 10_000;
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private final Map<String, List<String>> values = new HashMap<>();

  /** Why some were left out; empty where none was. */
  private String problem = "";

  private int count;

  private Parameters() {}

  /**
   * What is badly encoded is left out, as by Prometheus; {@link #requireWellEncoded} tells.
   *
   * @param form the body of a form post, or empty
   * @param query what follows the question mark in the URL, or empty
   */
  static Parameters of(String form, String query) {
    Parameters parameters = new Parameters();
    parameters.read(form);
    parameters.read(query);
    return parameters;
  }

  private void read(String encoded) {
    for (String pair : encoded.split("&", -1)) {
      if (count++ >= MAX_PARAMETERS) {
        leftOut("more than " + MAX_PARAMETERS + " parameters");
        return;
      }
      if (pair.contains(";")) {
        leftOut("invalid semicolon separator in query");
      } else if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        try {
          add(PercentText.decode(name), PercentText.decode(value));
        } catch (LookoutException e) {
          leftOut(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void add(String name, String value) {
    values.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
  }

  private void leftOut(String why) {
    if (problem.isEmpty()) {
      problem = why;
    }
  }

  /**
   * Some endpoints of Prometheus do not answer where a part of the parameters is lost.
   *
   * @throws LookoutException with {@code BAD_DATA}
   */
  void requireWellEncoded() {
    if (!problem.isEmpty()) {
      throw new LookoutException(ErrorCode.BAD_DATA, "error parsing form values: " + problem);
    }
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The first value, or empty. */
  String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? "" : all.get(0);
  }

  boolean isTrue(String name) {
    return first(name).equals("true");
  }

  /**
   * Takes what the answer lacks.
   *
   * @param partial what counts where the request says nothing of it
   */
  Gaps gaps(PartialAnswers partial) {
    return switch (first("partial_response")) {
      case "true", "1" -> Gaps.of(true);
      case "false", "0" -> Gaps.refused();
      case "" -> Gaps.of(partial == PartialAnswers.WARN);
      default -> throw invalid("partial_response", "it is neither true nor false");
    };
  }

  /** A time in ms, as seconds or in RFC 3339. */
  Optional<Long> time(String name) {
    String text = first(name);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            checked(name, "invalid time value for '" + name + "': ", () -> TimeText.millis(text)));
  }

  long requiredTime(String name) {
    return checked(name, () -> TimeText.millis(first(name)));
  }

  /** A duration in ms, as seconds or as Prometheus writes durations. */
  Optional<Long> duration(String name) {
    String text = first(name);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(checked(name, () -> TimeText.durationMillis(text)));
  }

  long requiredDuration(String name) {
    return checked(name, () -> TimeText.durationMillis(first(name)));
  }

  Optional<Duration> timeout() {
    return duration("timeout").map(Duration::ofMillis);
  }

  /** At most so many entries; 0 for all. */
  int limit() {
    String text = first("limit");
    if (text.isEmpty()) {
      return 0;
    }
    long limit = wholeNumber(text).orElseThrow(() -> noLimit(text));
    if (limit < 0) {
      throw invalid("limit", "limit must be non-negative");
    }
    return (int) Math.min(limit, Integer.MAX_VALUE);
  }

  private static LookoutException noLimit(String text) {
    String why = WHOLE.matcher(text).matches() ? "value out of range" : "invalid syntax";
    return invalid("limit", "strconv.Atoi: parsing " + SeriesText.quote(text) + ": " + why);
  }

  /**
   * A number of entries, 0 or less for all.
   *
   * @throws LookoutException with {@code BAD_DATA} for what is none
   */
  long count(String name) {
    String text = first(name);
    return text.isEmpty()
        ? 0
        : wholeNumber(text)
            .orElseThrow(
                () -> new LookoutException(ErrorCode.BAD_DATA, name + " must be a number"));
  }

  /** Of ASCII's digits alone, which are not all that Java knows. */
  private static Optional<Long> wholeNumber(String text) {
    try {
      return WHOLE.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Reads a value. */
  interface Reading<T> {
    T read();
  }

  /** Says which parameter it is that cannot be read. */
  static <T> T checked(String name, Reading<T> reading) {
    return checked(name, "", reading);
  }

  private static <T> T checked(String name, String what, Reading<T> reading) {
    try {
      return reading.read();
    } catch (LookoutException e) {
      throw invalid(name, what + e.getMessage());
    }
  }

  static LookoutException invalid(String name, String problem) {
    return new LookoutException(
        ErrorCode.BAD_DATA, "invalid parameter " + SeriesText.quote(name) + ": " + problem);
  }
}
