package io.lookout.ingest.openfalcon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.bus.MetricMetadata;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Turns arrays of items, as they stand in pushes and calls, into samples. Each item counts for
 * itself, by the rules of Open-Falcon's transfer. Not thread-safe.
 */
final class PushDecoder {
  /** Metrics whose type one request may tell. */
  private static final int MOST_TYPES = 1000;

  private final Item item = new Item();
  private final PointBatch batch;
  private final long now;
  private final Set<String> typed = new HashSet<>();
  private int total;

  /**
   * @param now the time of items that have none, ms
   */
  PushDecoder(PointBatches batches, String tenant, int length, long now) {
    this.batch = batches.batch(tenant, length);
    this.now = now;
  }

  PointBatch batch() {
    return batch;
  }

  /** Items met so far. */
  int total() {
    return total;
  }

  /** A body that is one array of items. */
  PushDecoder body(byte[] bytes, int length) {
    JsonBody.read(
        bytes,
        0,
        length,
        parser -> {
          parser.nextToken();
          items(parser);
          if (parser.nextToken() != null) {
            throw JsonBody.unexpected("there is more behind the items");
          }
        });
    return this;
  }

  /** Reads an array whose begin was just read. */
  void items(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonBody.unexpected("an array of items is expected");
    }
    JsonToken next = parser.nextToken();
    while (next != JsonToken.END_ARRAY) {
      if (next == null) {
        throw JsonBody.unexpected("the array of items does not end");
      }
      total++;
      if (next == JsonToken.START_OBJECT) {
        item.read(parser);
        add();
      } else {
        parser.skipChildren();
        batch.reject(Reason.MALFORMED, 1, "an item must be an object, is " + next);
      }
      next = parser.nextToken();
    }
  }

  private void add() {
    ItemProblem problem = item.problem();
    if (problem != null) {
      batch.reject(problem.reason(), 1, problem.text() + ": " + item.shown());
      return;
    }
    item.labels(batch.labels());
    batch.sample(item.time(now), item.value);
    if (typed.size() < MOST_TYPES && typed.add(item.metric)) {
      batch.metadata(
          new MetricMetadata(item.metric, item.isCounter() ? "counter" : "gauge", "", ""));
    }
  }
}
