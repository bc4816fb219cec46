package io.lookout.ingest.sofalookout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

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

  private final Measurement record = new Measurement();

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
    record.clear(now);
    try {
      JsonBody.read(bytes, from, to, this::object);
    } catch (LookoutException e) {
      batch.reject(Reason.MALFORMED, 1, String.valueOf(e.getMessage()));
      return;
    } catch (DateTimeException e) {
      batch.reject(Reason.INVALID_TIME, 1, "time is no time: " + e.getMessage());
      return;
    }
    record.addTo(batch, "", added);
  }

  private void object(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw JsonBody.unexpected("a record must be an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "time" -> record.time = time(parser, token);
        case "tags" -> record.tags(parser, token);
        default -> record.values(parser, token, name);
      }
    }
  }

  private static long time(JsonParser parser, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_NUMBER_INT
        ? parser.getLongValue()
        : OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
  }
}
