package io.lookout.ingest.sofalookout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.json.JsonBody;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client has measured of one metric at one time, as it is read: tags, and a number or fields
 * of numbers. Used again for the next one. Not thread-safe.
 */
final class Measurement {
  private final List<String> names = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private int texts;

  /** Milliseconds. */
  long time;

  void clear(long now) {
    names.clear();
    values.clear();
    tags.clear();
    texts = 0;
    time = now;
  }

  /** What only the old server needed is no label. */
  void tags(JsonParser parser, JsonToken token) throws IOException {
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

  /** A number of this name, or an object of fields. */
  void values(JsonParser parser, JsonToken token, String name) throws IOException {
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

  /**
   * @param prefix of all names
   * @param added labels, where the tags do not have them
   */
  void addTo(PointBatch batch, String prefix, LabelPairs added) {
    if (texts > 0) {
      batch.reject(Reason.TEXT_VALUE, texts, "texts are not kept");
    }
    for (int i = 0; i < names.size(); i++) {
      labels(prefix + names.get(i), added, batch.labels());
      batch.sample(time, values.get(i));
    }
  }

  private void labels(String name, LabelPairs added, LabelPairs into) {
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
}
