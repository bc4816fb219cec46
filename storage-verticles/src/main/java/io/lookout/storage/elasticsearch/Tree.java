package io.lookout.storage.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what the engine answers, in whichever of the two forms it came. */
final class Tree {
  /**
   * For writing: seven bits a byte, so that the byte that ends a document of a bulk is nowhere
   * inside one.
   */
  static final SmileFactory SMILE =
      SmileFactory.builder().enable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT).build();

  private static final JsonFactory JSON = new JsonFactory();

  private Tree() {}

  static JsonParser parser(Buffer body) throws IOException {
    byte[] bytes = body.getBytes();
    boolean smile = bytes.length > 2 && bytes[0] == ':' && bytes[1] == ')' && bytes[2] == '\n';
    return smile ? SMILE.createParser(bytes) : JSON.createParser(bytes);
  }

  /**
   * @throws IOException where this is no object
   */
  static JsonObject object(Buffer body) throws IOException {
    try (JsonParser parser = parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      return object(parser);
    }
  }

  /** The parser stands at the start of the object, and at its end afterwards. */
  static JsonObject object(JsonParser parser) throws IOException {
    JsonObject object = new JsonObject();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      object.put(name, value(parser, parser.nextToken()));
    }
    return object;
  }

  static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
    if (token == null) {
      throw new IOException("the answer ends too early");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE ->
          throw new IOException("unexpected " + token);
    };
  }

  private static JsonArray array(JsonParser parser) throws IOException {
    JsonArray array = new JsonArray();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }
}
