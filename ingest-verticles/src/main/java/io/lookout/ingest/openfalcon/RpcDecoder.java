package io.lookout.ingest.openfalcon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lookout.ingest.json.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads calls of Go's JSON-RPC, one object behind the other:
 *
 * <pre>
 *   {"method":"Transfer.Update","params":[[{"endpoint":"h1","metric":"cpu.idle",…},…]],"id":0}
 * </pre>
 *
 * <p>The items of all calls go into one batch. Not thread-safe.
 */
final class RpcDecoder {
  private static final long NOWHERE = -1;

  private final PushDecoder items;
  private final List<RpcCall> calls = new ArrayList<>();

  RpcDecoder(PushDecoder items) {
    this.items = items;
  }

  List<RpcCall> calls() {
    return calls;
  }

  RpcDecoder decode(byte[] bytes, int length) {
    JsonBody.read(
        bytes,
        0,
        length,
        parser -> {
          for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
            if (next != JsonToken.START_OBJECT) {
              throw JsonBody.unexpected("a call must be an object, is " + next);
            }
            call(parser, bytes, length);
          }
        });
    return this;
  }

  private void call(JsonParser parser, byte[] bytes, int length) throws IOException {
    int totalBefore = items.total();
    int refusedBefore = items.batch().rejections().samples();
    Object id = null;
    String method = "";
    long unread = NOWHERE;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "method" -> method = value == JsonToken.VALUE_STRING ? parser.getText() : "";
        case "id" -> id = id(parser, value);
        case "params" -> {
          if (method.isEmpty()) {
            unread = parser.currentTokenLocation().getByteOffset();
          } else if (method.equals(RpcCall.UPDATE)) {
            parameters(parser);
          }
        }
        default -> {}
      }
      parser.skipChildren();
    }
    if (unread != NOWHERE && method.equals(RpcCall.UPDATE)) {
      JsonBody.read(
          bytes,
          (int) unread,
          length,
          again -> {
            again.nextToken();
            parameters(again);
          });
    }
    calls.add(
        new RpcCall(
            id,
            method,
            items.total() - totalBefore,
            items.batch().rejections().samples() - refusedBefore));
  }

  private static @Nullable Object id(JsonParser parser, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_STRING -> parser.getText();
      default -> null;
    };
  }

  /** An array of one parameter, which is an array of items. */
  private void parameters(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonBody.unexpected("params must be an array");
    }
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      return;
    }
    items.items(parser);
    if (parser.nextToken() != JsonToken.END_ARRAY) {
      throw JsonBody.unexpected("params must be an array of one array of items");
    }
  }
}
