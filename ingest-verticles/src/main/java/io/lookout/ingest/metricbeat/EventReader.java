package io.lookout.ingest.metricbeat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.json.JsonBody;
import java.io.IOException;
import java.util.Arrays;
import java.util.TreeSet;

/** Reads the document of one event into its values. Not thread-safe. */
final class EventReader {
  /** Nothing that Metricbeat names is longer. */
  private static final int LONGEST_PATH = 1024;

  private final Fields fields;
  private final Event event = new Event();
  private double[] list = new double[16];

  EventReader(Fields fields) {
    this.fields = fields;
  }

  /**
   * The event in {@code bytes[from..to)}; good until the next call.
   *
   * @throws io.lookout.model.LookoutException {@code BAD_DATA} for what is no JSON object, or has
   *     more values than an event can have
   */
  Event read(byte[] bytes, int from, int to) {
    event.clear();
    JsonBody.read(
        bytes,
        from,
        to,
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw JsonBody.unexpected("a document must be an object");
          }
          object(parser, fields.root());
          if (parser.nextToken() != null) {
            throw JsonBody.unexpected("there is more behind the document");
          }
        });
    return event;
  }

  private void object(JsonParser parser, Field of) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      // Looked at first: each dot of the name is a field, and a name may be all dots.
      if (of.path.length() + 1 + parser.currentName().length() > LONGEST_PATH) {
        throw JsonBody.unexpected("a field's path is longer than " + LONGEST_PATH + " characters");
      }
      Field field = fields.child(of, parser.currentName());
      JsonToken token = parser.nextToken();
      if (field.rule.skipped()) {
        parser.skipChildren();
      } else {
        value(parser, field, token);
      }
    }
  }

  private void value(JsonParser parser, Field field, JsonToken token) throws IOException {
    boolean room =
        switch (token) {
          case START_OBJECT -> {
            object(parser, field);
            yield true;
          }
          case START_ARRAY -> array(parser, field);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, field);
          case VALUE_STRING -> text(field, parser.getText());
          case VALUE_TRUE -> event.number(field, 1);
          case VALUE_FALSE -> event.number(field, 0);
          default -> true;
        };
    if (!room) {
      throw JsonBody.unexpected("an event has more than " + Event.MOST_VALUES + " values");
    }
  }

  private boolean number(JsonParser parser, Field field) throws IOException {
    Control control = field.rule.control();
    if (control != null) {
      event.controls.put(control, parser.getText());
      return true;
    }
    return event.number(field, parser.getDoubleValue());
  }

  private boolean text(Field field, String text) {
    Control control = field.rule.control();
    if (control != null) {
      event.controls.put(control, text);
    }
    boolean wanted = field.rule.label() != null || (control == null && field.rule.measured());
    return !wanted || event.text(field, text);
  }

  /** Numbers may be a histogram's, scalars a label that was asked for; nothing else means much. */
  private boolean array(JsonParser parser, Field field) throws IOException {
    int count = 0;
    boolean numbers = true;
    TreeSet<String> scalars = new TreeSet<>();
    JsonToken next = parser.nextToken();
    while (next != null && next != JsonToken.END_ARRAY) {
      if (next.isNumeric() && numbers && count < Event.MOST_NUMBERS) {
        list = count < list.length ? list : Arrays.copyOf(list, count * 2);
        list[count++] = parser.getDoubleValue();
      } else {
        numbers = false;
        parser.skipChildren();
      }
      if (field.rule.label() != null && next.isScalarValue()) {
        scalars.add(parser.getText());
      }
      next = parser.nextToken();
    }
    if (field.rule.label() != null && !scalars.isEmpty()) {
      return event.text(field, String.join(",", scalars));
    }
    if (numbers && count > 0 && HistogramBuckets.isPart(field)) {
      return event.list(field, Arrays.copyOf(list, count));
    } else if (field.rule.measured()) {
      event.dropped++;
    }
    return true;
  }
}
