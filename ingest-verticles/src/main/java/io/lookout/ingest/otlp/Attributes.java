package io.lookout.ingest.otlp;

import com.google.protobuf.ByteString;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.SeriesText;
import io.lookout.model.text.NumberText;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Attributes as labels: names as Prometheus writes them, values as text. */
final class Attributes {
  private Attributes() {}

  /**
   * Adds attributes to labels. Where two have the same name once it is translated, their values are
   * joined by a semicolon; what the labels have already stays, and the name of the metric is none
   * of theirs.
   */
  static void add(List<KeyValue> attributes, NamingStrategy naming, Labels.Builder to) {
    Labels.Builder added = new Labels.Builder();
    List<KeyValue> sorted =
        attributes.stream().sorted((a, b) -> a.getKey().compareTo(b.getKey())).toList();
    for (KeyValue each : sorted) {
      String name = name(each.getKey(), naming);
      String value = text(each.getValue());
      String other = added.get(name);
      added.set(name, other == null ? value : other + ";" + value);
    }
    added.remove(Label.METRIC_NAME);
    addMissing(added.build(), to);
  }

  /** Adds labels that are not there yet. */
  static void addMissing(Labels labels, Labels.Builder to) {
    for (Label label : labels) {
      if (to.get(label.name()) == null) {
        to.set(label.name(), label.value());
      }
    }
  }

  /** A label's name: underscores for what may not be in it, a word before what may not begin it. */
  static String name(String key, NamingStrategy naming) {
    if (!naming.escapes() || (SeriesText.isLegacyLabelName(key) && !isSingleUnderscore(key))) {
      return key;
    }
    StringBuilder name = new StringBuilder(key.length() + 4);
    key.codePoints().forEach(c -> name.append(isPlain(c) ? (char) c : '_'));
    if (!name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9') {
      return "key_" + name;
    }
    return isSingleUnderscore(name) ? "key" + name : name.toString();
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isSingleUnderscore(CharSequence name) {
    return name.length() > 0
        && name.charAt(0) == '_'
        && !(name.length() > 1 && name.charAt(1) == '_');
  }

  static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> number(value.getDoubleValue());
      case BYTES_VALUE -> base64(value.getBytesValue());
      case ARRAY_VALUE, KVLIST_VALUE -> String.valueOf(json(value));
      case VALUE_NOT_SET -> "";
      default -> "";
    };
  }

  /** As JavaScript writes numbers, and after it whoever makes texts of OpenTelemetry's values. */
  private static String number(double value) {
    double size = Math.abs(value);
    boolean plain = size == 0 || !Double.isFinite(value) || (size >= 1e-6 && size < 1e21);
    return plain ? NumberText.plain(value) : NumberText.number(value).replace("e-0", "e-");
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static Object json(AnyValue value) {
    return switch (value.getValueCase()) {
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE -> {
        JsonArray array = new JsonArray();
        value.getArrayValue().getValuesList().forEach(each -> array.add(json(each)));
        yield array;
      }
      case KVLIST_VALUE -> {
        Map<String, Object> object = new TreeMap<>();
        value
            .getKvlistValue()
            .getValuesList()
            .forEach(each -> object.put(each.getKey(), json(each.getValue())));
        yield new JsonObject(object);
      }
      default -> text(value);
    };
  }
}
