package io.lookout.ingest.sofalookout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what a client hands to a poller into samples, named as those that it pushes:
 *
 * <pre>
 *   {"data":[{"cursor":1795290670000,"data":[
 *      {"name":"room.size","tags":{"app":"shop","_type_":"g"},"metrics":{"value":7.0},"timestamp":1795290670000}]}],
 *    "slotCount":3,"step":30000}
 *     → room.size.value{app="shop"} 7
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class PollDecoder {
  private final PointBatch batch;
  private final LabelPairs added;
  private final Measurement measurement = new Measurement();
  private final List<Long> cursors = new ArrayList<>();

  /**
   * What an answer holds.
   *
   * @param cursors of the steps that are in it
   */
  record Polled(Decoded decoded, List<Long> cursors) {}

  private PollDecoder(PointBatch batch, LabelPairs added) {
    this.batch = batch;
    this.added = added;
  }

  /**
   * @param added labels of the client, for metrics that do not have them
   * @throws LookoutException {@code BAD_DATA} for what is no such answer
   */
  static Polled decode(PointBatches batches, String tenant, LabelPairs added, byte[] bytes) {
    PollDecoder decoder = new PollDecoder(batches.batch(tenant, bytes.length), added);
    JsonBody.read(bytes, 0, bytes.length, decoder::answer);
    return new Polled(decoder.batch.decoded(bytes.length), List.copyOf(decoder.cursors));
  }

  private void answer(JsonParser parser) throws IOException {
    expect(parser.nextToken(), JsonToken.START_OBJECT, "an answer to a poll must be an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("data")) {
        expect(token, JsonToken.START_ARRAY, "data must be an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          step(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void step(JsonParser parser) throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "a step must be an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "cursor" -> {
          expect(token, JsonToken.VALUE_NUMBER_INT, "a cursor must be a whole number");
          cursors.add(parser.getLongValue());
        }
        case "data" -> {
          expect(token, JsonToken.START_ARRAY, "the data of a step must be an array");
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            metric(parser);
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  /** Its name may come behind its numbers. */
  private void metric(JsonParser parser) throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "a metric must be an object");
    measurement.clear(0);
    String metric = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      switch (name) {
        case "name" -> metric = parser.getText();
        case "timestamp" -> {
          expect(token, JsonToken.VALUE_NUMBER_INT, "a timestamp must be a whole number");
          measurement.time = parser.getLongValue();
        }
        case "tags" -> measurement.tags(parser, token);
        case "metrics" -> measurement.values(parser, token, "");
        default -> parser.skipChildren();
      }
    }
    measurement.addTo(batch, metric, added);
  }

  private static void expect(JsonToken token, JsonToken wanted, String otherwise) {
    if (token != wanted) {
      throw JsonBody.unexpected(otherwise);
    }
  }
}
