package io.lookout.ingest.otlp;

import com.google.protobuf.ByteString;
import io.lookout.model.Labels;
import io.lookout.model.SeriesText;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;

/** Attributes as labels: names as Prometheus writes them, values as text. */
final class Attributes {
  private Attributes() {}

  /**
   * Adds attributes to labels. Where two have the same name once it is translated, their values are
   * joined by a semicolon; what the labels have already stays.
   */
  static void add(List<KeyValue> attributes, Labels.Builder to) {
    Labels.Builder added = new Labels.Builder();
    List<KeyValue> sorted =
        attributes.stream().sorted((a, b) -> a.getKey().compareTo(b.getKey())).toList();
    for (KeyValue each : sorted) {
      String name = name(each.getKey());
      String value = text(each.getValue());
      String other = added.get(name);
      added.set(name, other == null ? value : other + ";" + value);
    }
    for (var label : added.build()) {
      if (to.get(label.name()) == null) {
        to.set(label.name(), label.value());
      }
    }
  }

  /** A label's name: underscores for what may not be in it, a word before what may not begin it. */
  static String name(String key) {
    if (SeriesText.isLegacyLabelName(key) && !isSingleUnderscore(key)) {
      return key;
    }
    StringBuilder name = new StringBuilder(key.length() + 4);
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      name.append(plain ? c : '_');
    }
    if (!name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9') {
      return "key_" + name;
    }
    return isSingleUnderscore(name) ? "key" + name : name.toString();
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
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BYTES_VALUE -> base64(value.getBytesValue());
      case ARRAY_VALUE, KVLIST_VALUE -> String.valueOf(json(value));
      case VALUE_NOT_SET -> "";
      default -> "";
    };
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
        JsonObject object = new JsonObject();
        value
            .getKvlistValue()
            .getValuesList()
            .forEach(each -> object.put(each.getKey(), json(each.getValue())));
        yield object;
      }
      default -> text(value);
    };
  }
}
