package io.lookout.ingest.openfalcon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.exposition.DecimalNumber;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.Label;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One item of a push as it is read, before it is known whether it is good. Used again. */
final class Item {
  /** Of metric and tags together, as transfer has it. */
  static final int LONGEST = 510;

  /** An agent sends its kernel's name under this metric, which is no number. */
  private static final String HOSTNAME = "kernel.hostname";

  String metric = "";
  String type = "";
  double value;
  private String endpoint = "";
  private String tags = "";
  private boolean hasValue;
  private double step;
  private double timestamp;

  void clear() {
    metric = "";
    type = "";
    value = 0;
    endpoint = "";
    tags = "";
    hasValue = false;
    step = 0;
    timestamp = 0;
  }

  /** Reads an object whose begin was just read. Names are matched as Go does, in any case. */
  void read(JsonParser parser) throws IOException {
    clear();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName().toLowerCase(Locale.ROOT);
      JsonToken token = parser.nextToken();
      switch (name) {
        case "endpoint" -> endpoint = text(parser, token);
        case "metric" -> metric = text(parser, token);
        case "tags" -> tags = text(parser, token);
        case "countertype" -> type = text(parser, token);
        case "step" -> step = token.isNumeric() ? parser.getDoubleValue() : 0;
        case "timestamp" -> timestamp = token.isNumeric() ? parser.getDoubleValue() : 0;
        case "value" -> value(parser, token);
        default -> {}
      }
      parser.skipChildren();
    }
  }

  private static String text(JsonParser parser, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_STRING ? parser.getText() : "";
  }

  private void value(JsonParser parser, JsonToken token) throws IOException {
    hasValue = true;
    if (token.isNumeric()) {
      value = parser.getDoubleValue();
    } else if (token == JsonToken.VALUE_STRING) {
      number(parser.getText());
    } else {
      hasValue = false;
    }
  }

  private void number(String text) {
    try {
      value = DecimalNumber.parseText(text);
    } catch (NumberFormatException e) {
      hasValue = false;
    }
  }

  /** Why it is refused, or null where it is good. */
  @Nullable ItemProblem problem() {
    if (metric.equals(HOSTNAME)) {
      return ItemProblem.TEXT;
    } else if (metric.isEmpty() || endpoint.isEmpty()) {
      return ItemProblem.NO_NAME;
    } else if (metric.length() + tags.length() > LONGEST) {
      return ItemProblem.TOO_LONG;
    } else if (!isKnownType()) {
      return ItemProblem.TYPE;
    } else if (!(step > 0)) {
      return ItemProblem.STEP;
    }
    return hasValue ? null : ItemProblem.VALUE;
  }

  private boolean isKnownType() {
    return type.equals("GAUGE") || isCounter();
  }

  boolean isCounter() {
    return type.equals("COUNTER") || type.equals("DERIVE");
  }

  /** Milliseconds; that of arrival where there is none, or one that cannot be, as transfer does. */
  long time(long now) {
    return timestamp > 0 && timestamp <= now / 1000 * 2 ? (long) (timestamp * 1000) : now;
  }

  /** The endpoint is a label; a tag of that name steps aside. */
  void labels(LabelPairs into) {
    into.clear();
    into.add(Label.METRIC_NAME, metric);
    into.add("endpoint", endpoint);
    String all = tags.replace(" ", "");
    int begin = 0;
    while (begin < all.length()) {
      int comma = all.indexOf(',', begin);
      int end = comma < 0 ? all.length() : comma;
      int equals = all.indexOf('=', begin);
      if (equals > begin && equals < end) {
        String name = all.substring(begin, equals);
        into.add(
            name.equals("endpoint") ? "exported_endpoint" : name, all.substring(equals + 1, end));
      }
      begin = end + 1;
    }
  }

  String shown() {
    return "metric '" + cut(metric) + "' of endpoint '" + cut(endpoint) + "'";
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
