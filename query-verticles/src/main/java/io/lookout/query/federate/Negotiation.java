package io.lookout.query.federate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format that a scraper gets, of those that it accepts: the first by weight that there is, else
 * text. Prometheus federates in these two alone: not in OpenMetrics.
 *
 * @param protobuf whether messages are sent, each after its length; text otherwise
 */
record Negotiation(boolean protobuf, Escaping escaping) {
  private static final String MESSAGES = "application/vnd.google.protobuf";
  private static final String FAMILY = "io.prometheus.client.MetricFamily";

  /** One of the media types that are accepted. */
  private record Clause(String type, double weight, Map<String, String> parameters) {
    static Clause of(String text) {
      String[] parts = text.split(";", -1);
      Map<String, String> parameters = new HashMap<>();
      for (int i = 1; i < parts.length; i++) {
        String[] parameter = parts[i].split("=", 2);
        if (parameter.length == 2) {
          parameters.put(parameter[0].strip().toLowerCase(Locale.ROOT), parameter[1].strip());
        }
      }
      return new Clause(parts[0].strip(), weightOf(parameters.get("q")), parameters);
    }

    private static double weightOf(@Nullable String text) {
      try {
        return text == null ? 1 : Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return 1;
      }
    }

    private boolean has(String parameter, String value) {
      return value.equals(parameters.get(parameter));
    }

    boolean isMessages() {
      return type.equals(MESSAGES) && has("proto", FAMILY) && has("encoding", "delimited");
    }

    boolean isText() {
      String version = parameters.getOrDefault("version", "");
      return type.equals("text/plain") && (version.isEmpty() || version.equals("0.0.4"));
    }
  }

  /**
   * @param accept the header of the request, empty where there is none
   */
  static Negotiation of(String accept) {
    Escaping escaping = Escaping.UNDERSCORES;
    for (Clause clause : clauses(accept)) {
      escaping = Escaping.named(clause.parameters().getOrDefault("escaping", "")).orElse(escaping);
      if (clause.isMessages() || clause.isText()) {
        return new Negotiation(clause.isMessages(), escaping);
      }
    }
    return new Negotiation(false, escaping);
  }

  private static List<Clause> clauses(String accept) {
    List<Clause> clauses = new ArrayList<>();
    for (String text : accept.split(",", -1)) {
      clauses.add(Clause.of(text));
    }
    clauses.sort(Comparator.comparingDouble(Clause::weight).reversed());
    return clauses;
  }

  String contentType() {
    String type =
        protobuf
            ? MESSAGES + "; proto=" + FAMILY + "; encoding=delimited"
            : "text/plain; version=0.0.4; charset=utf-8";
    return type + "; escaping=" + escaping.label();
  }
}
