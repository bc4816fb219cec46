package io.lookout.ingest.metricbeat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.json.JsonBody;
import io.lookout.model.LookoutException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The line before a document: {@code {"create":{"_index":"metricbeat-8.13.0"}}}.
 *
 * @param name index, create, update or delete
 * @param id null where Elasticsearch is to choose one
 */
record BulkAction(String name, String index, @Nullable String id) {
  private static final Set<String> KNOWN = Set.of("index", "create", "update", "delete");

  boolean hasDocument() {
    return !name.equals("delete");
  }

  boolean writes() {
    return name.equals("index") || name.equals("create");
  }

  /**
   * Reads {@code bytes[from..to)}.
   *
   * @param line number of it, for messages
   * @param otherwise the index where the line names none
   * @throws io.lookout.model.LookoutException {@code BAD_DATA} for what is no such line
   */
  static BulkAction read(byte[] bytes, int from, int to, int line, String otherwise) {
    Found found = new Found(otherwise);
    try {
      JsonBody.read(bytes, from, to, found::read);
    } catch (LookoutException e) {
      throw new LookoutException(
          e.code(), "Malformed action/metadata line [" + line + "]: " + e.getMessage(), e);
    }
    return new BulkAction(found.name, found.index, found.id);
  }

  private static final class Found {
    private String name = "";
    private String index;
    private @Nullable String id;

    Found(String otherwise) {
      index = otherwise;
    }

    void read(JsonParser parser) throws IOException {
      boolean opens =
          parser.nextToken() == JsonToken.START_OBJECT
              && parser.nextToken() == JsonToken.FIELD_NAME;
      if (!opens || !KNOWN.contains(parser.currentName())) {
        throw JsonBody.unexpected("expected one of [create, delete, index, update]");
      }
      name = parser.currentName();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw JsonBody.unexpected("expected START_OBJECT behind [" + name + "]");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        property(parser, parser.currentName());
      }
      if (parser.nextToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw JsonBody.unexpected("expected the end of the line");
      }
    }

    private void property(JsonParser parser, String property) throws IOException {
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING && property.equals("_index")) {
        index = parser.getText();
      } else if (value == JsonToken.VALUE_STRING && property.equals("_id")) {
        id = parser.getText();
      }
      parser.skipChildren();
    }
  }
}
