package io.lookout.ingest.opentsdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.exposition.DecimalNumber;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.LookoutException;
import java.io.IOException;

/**
 * Turns the JSON of {@code /api/put} and {@code /api/mput}, one data point or an array of them,
 * into samples. What is no JSON is refused as a whole; of data points each counts for itself. Not
 * thread-safe.
 */
public final class PutDecoder {
  private final PointBatches batches;
  private final PutErrors errors;
  private final DataPoint point = new DataPoint();

  public PutDecoder(PointBatches batches, PutErrors errors) {
    this.batches = batches;
    this.errors = errors;
  }

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no JSON of data points
   */
  public PointBatch decode(String tenant, byte[] bytes, int length) {
    PointBatch batch = batches.batch(tenant, length);
    JsonBody.read(bytes, 0, length, parser -> body(parser, batch));
    return batch;
  }

  private void body(JsonParser parser, PointBatch batch) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      object(parser, batch);
    } else if (first == JsonToken.START_ARRAY) {
      JsonToken next = parser.nextToken();
      while (next != JsonToken.END_ARRAY) {
        if (next != JsonToken.START_OBJECT) {
          throw JsonBody.unexpected("a data point must be an object, is " + next);
        }
        object(parser, batch);
        next = parser.nextToken();
      }
    } else {
      throw JsonBody.unexpected("a data point or an array of data points is expected");
    }
    if (parser.nextToken() != null) {
      throw JsonBody.unexpected("there is more behind the data points");
    }
  }

  private void object(JsonParser parser, PointBatch batch) throws IOException {
    point.clear();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "metric" -> point.metric = value.isScalarValue() ? parser.getText() : "";
        case "timestamp" -> timestamp(parser, value);
        case "value" -> value(parser, value, "");
        case "tags" -> tags(parser, value);
        case "fields" -> fields(parser, value);
        default -> parser.skipChildren();
      }
    }
    add(batch);
  }

  private void add(PointBatch batch) {
    String problem = point.problem();
    if (problem != null) {
      Reason reason = point.badTime == null ? Reason.INVALID_VALUE : Reason.INVALID_TIME;
      batch.reject(reason, Math.max(1, point.valueCount), problem);
      errors.add(point, problem);
      return;
    }
    if (point.texts > 0) {
      batch.reject(Reason.TEXT_VALUE, point.texts, "fields of text are not kept");
    }
    int refusedBefore = batch.rejections().samples();
    for (int i = 0; i < point.valueCount; i++) {
      point.labels(i, batch.labels());
      batch.sample(point.time, point.values[i]);
    }
    if (batch.rejections().samples() > refusedBefore) {
      errors.add(point, batch.rejections().latest());
    }
  }

  private void timestamp(JsonParser parser, JsonToken token) throws IOException {
    long time =
        switch (token) {
          case VALUE_NUMBER_INT ->
              parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                  ? Timestamps.INVALID
                  : Timestamps.millis(parser.getLongValue());
          case VALUE_NUMBER_FLOAT -> Timestamps.millis(parser.getDoubleValue());
          case VALUE_STRING -> Timestamps.millis(parser.getText());
          default -> Timestamps.INVALID;
        };
    boolean valid = time != Timestamps.INVALID;
    point.time = valid ? time : 0;
    point.badTime = valid ? null : token.isScalarValue() ? parser.getText() : token.name();
    parser.skipChildren();
  }

  private void value(JsonParser parser, JsonToken token, String field) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getDoubleValue(), field);
      case VALUE_STRING -> text(parser.getText(), field);
      case VALUE_TRUE, VALUE_FALSE -> truth(token, field);
      default -> {
        point.badValue = "Unable to parse value to a number";
        parser.skipChildren();
      }
    }
  }

  /** OpenTSDB keeps no NaN and no infinity. */
  private void number(double value, String field) {
    if (Double.isFinite(value) || !field.isEmpty()) {
      point.value(field, value);
    } else {
      point.badValue = "value is NaN or Infinite: " + value;
    }
  }

  /** A number may stand in quotes; in fields of several values there may be texts too. */
  private void text(String text, String field) {
    try {
      number(DecimalNumber.parseText(text), field);
    } catch (NumberFormatException e) {
      if (field.isEmpty()) {
        point.badValue = "Unable to parse value to a number";
      } else {
        point.texts++;
      }
    }
  }

  private void truth(JsonToken token, String field) {
    if (field.isEmpty()) {
      point.badValue = "Unable to parse value to a number";
    } else {
      point.value(field, token == JsonToken.VALUE_TRUE ? 1 : 0);
    }
  }

  private void tags(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        point.tags.add(name);
        point.tags.add(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }

  private void fields(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      point.badValue = "Fields must be an object";
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      value(parser, parser.nextToken(), name);
    }
  }
}
