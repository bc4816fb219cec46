package io.lookout.ingest.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.exposition.DecimalNumber;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.Label;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples in JSON: an object a sample, or an array of objects, or objects one behind the
 * other, as adapters of Prometheus write them.
 *
 * <pre>
 *   {"name":"up","timestamp":"2026-01-02T03:04:05Z","value":"1","labels":{"job":"a"}}
 * </pre>
 *
 * <p>A timestamp is a text of RFC 3339, or milliseconds; a value is a number, which may be in
 * quotes. {@code __name__} may be among the labels, instead of {@code name} or beside it. Other
 * members are skipped. Of samples each counts for itself. Not thread-safe.
 */
final class JsonSamplesDecoder {
  /** Milliseconds have at most so many digits. */
  private static final int LONGEST_NUMBER = 18;

  private final PointBatches batches;

  private String name = "";
  private final List<String> labels = new ArrayList<>();
  private @Nullable Long time;
  private @Nullable Double value;
  private @Nullable String badLabel;

  JsonSamplesDecoder(PointBatches batches) {
    this.batches = batches;
  }

  /**
   * @throws io.lookout.model.LookoutException {@code BAD_DATA} for what is no JSON of this form
   */
  PointBatch decode(String tenant, byte[] bytes, int length) {
    PointBatch batch = batches.batch(tenant, length);
    JsonBody.read(bytes, 0, length, parser -> record(parser, batch));
    return batch;
  }

  private void record(JsonParser parser, PointBatch batch) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw JsonBody.unexpected("the record is empty");
    }
    boolean array = token == JsonToken.START_ARRAY;
    token = array ? parser.nextToken() : token;
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw JsonBody.unexpected("a sample must be an object, is " + token);
      }
      object(parser);
      add(batch);
      token = parser.nextToken();
    }
    if (array && (token == null || parser.nextToken() != null)) {
      throw JsonBody.unexpected("the array of samples has no end, or there is more behind it");
    }
  }

  private void object(JsonParser parser) throws IOException {
    name = "";
    labels.clear();
    time = null;
    value = null;
    badLabel = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (member) {
        case "name" -> name = token == JsonToken.VALUE_STRING ? parser.getText() : "";
        case "timestamp" -> time = time(parser, token);
        case "value" -> value = value(parser, token);
        case "labels" -> labels(parser, token);
        default -> {}
      }
      parser.skipChildren();
    }
  }

  private static @Nullable Long time(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? null
              : parser.getLongValue();
      case VALUE_STRING -> time(parser.getText().strip());
      default -> null;
    };
  }

  private static @Nullable Long time(String text) {
    try {
      if (text.length() <= LONGEST_NUMBER && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return text.isEmpty() ? null : Long.parseLong(text);
      }
      Instant instant =
          text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
      return instant.toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Double value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> value(parser.getText());
      default -> null;
    };
  }

  private static @Nullable Double value(String text) {
    try {
      return DecimalNumber.parseText(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private void labels(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      badLabel = token == JsonToken.VALUE_NULL ? null : "labels must be an object";
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String label = parser.currentName();
      JsonToken text = parser.nextToken();
      if (text.isStructStart()) {
        badLabel = "a label must be a text, " + label + " is " + text;
        parser.skipChildren();
      } else if (text != JsonToken.VALUE_NULL) {
        labels.add(label);
        labels.add(parser.getText());
      }
    }
  }

  private void add(PointBatch batch) {
    if (badLabel != null) {
      batch.reject(Reason.INVALID_LABELS, 1, badLabel);
    } else if (time == null) {
      batch.reject(Reason.INVALID_TIME, 1, "no timestamp, or none that can be read: " + name);
    } else if (value == null) {
      batch.reject(Reason.INVALID_VALUE, 1, "no value, or none that is a number: " + name);
    } else {
      fillLabels(batch);
      batch.sample(time, value);
    }
  }

  private void fillLabels(PointBatch batch) {
    batch.labels().clear();
    boolean named = false;
    for (int i = 0; i < labels.size(); i += 2) {
      named |= labels.get(i).equals(Label.METRIC_NAME);
      batch.labels().add(labels.get(i), labels.get(i + 1));
    }
    if (!named) {
      batch.labels().add(Label.METRIC_NAME, name);
    }
  }
}
