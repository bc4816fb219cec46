package io.lookout.ingest.sofalookout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.Label;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the records of a client, JSON objects with a tab between them, into samples:
 *
 * <pre>
 *   {"time":"2026-11-21T19:49:00+00:00","tags":{"app":"shop","_type_":"c"},"orders":{"rate":7.2,"count":36}}
 *     → orders.rate{app="shop"} 7.2    orders.count{app="shop"} 36
 * </pre>
 *
 * <p>A number on its own is a sample of the bare name. A gauge's bare {@code NaN} is a value. Texts
 * (of infos) are left out and counted. A record that cannot be read is noted, and the others count.
 * Not thread-safe.
 */
final class DatasDecoder {
  private final PointBatches batches;
  private final LabelPairs added;
  private final long now;

  private final List<String> names = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private long time;
  private int texts;

  /**
   * @param added labels of the request, for records that do not have them
   * @param now the time of records that have none, ms
   */
  DatasDecoder(PointBatches batches, LabelPairs added, long now) {
    this.batches = batches;
    this.added = added;
    this.now = now;
  }

  PointBatch decode(String tenant, byte[] bytes, int length) {
    PointBatch batch = batches.batch(tenant, length);
    int begin = 0;
    while (begin < length) {
      int end = begin;
      while (end < length && bytes[end] != '\t' && bytes[end] != '\n') {
        end++;
      }
      if (end > begin) {
        record(bytes, begin, end, batch);
      }
      begin = end + 1;
    }
    return batch;
  }

  private void record(byte[] bytes, int from, int to, PointBatch batch) {
    clear();
    try {
      JsonBody.read(bytes, from, to, this::object);
    } catch (LookoutException e) {
      batch.reject(Reason.MALFORMED, 1, String.valueOf(e.getMessage()));
      return;
    } catch (DateTimeException e) {
      batch.reject(Reason.INVALID_TIME, 1, "time is no time: " + e.getMessage());
      return;
    }
    if (texts > 0) {
      batch.reject(Reason.TEXT_VALUE, texts, "texts are not kept");
    }
    for (int i = 0; i < names.size(); i++) {
      labels(names.get(i), batch.labels());
      batch.sample(time, values.get(i));
    }
  }

  private void clear() {
    names.clear();
    values.clear();
    tags.clear();
    time = now;
    texts = 0;
  }

  private void labels(String name, LabelPairs into) {
    into.clear();
    into.add(Label.METRIC_NAME, name);
    for (int i = 0; i < tags.size(); i += 2) {
      into.add(tags.get(i), tags.get(i + 1));
    }
    for (int i = 0; i < added.size(); i++) {
      if (!hasTag(added.name(i))) {
        into.add(added.name(i), added.value(i));
      }
    }
  }

  private boolean hasTag(String name) {
    for (int i = 0; i < tags.size(); i += 2) {
      if (tags.get(i).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private void object(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw JsonBody.unexpected("a record must be an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "time" -> time = time(parser, token);
        case "tags" -> tags(parser, token);
        default -> metric(parser, token, name);
      }
    }
  }

  private static long time(JsonParser parser, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NUMBER_INT
        ? parser.getLongValue()
        : OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
  }

  /** What only the old server needed is no label. */
  private void tags(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw JsonBody.unexpected("tags must be an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!value.isScalarValue()) {
        parser.skipChildren();
      } else if (!name.equals("_type_") && !name.equals("priority")) {
        tags.add(name);
        tags.add(parser.getText());
      }
    }
  }

  private void metric(JsonParser parser, JsonToken token, String name) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      value(parser, token, name);
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      value(parser, parser.nextToken(), name + "." + field);
    }
  }

  private void value(JsonParser parser, JsonToken token, String name) throws IOException {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        names.add(name);
        values.add(parser.getDoubleValue());
      }
      case VALUE_STRING -> texts++;
      default -> parser.skipChildren();
    }
  }
}
