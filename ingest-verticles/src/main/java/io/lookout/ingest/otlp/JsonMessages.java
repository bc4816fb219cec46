package io.lookout.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.lookout.ingest.json.JsonBody;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Protobuf messages in OTLP's JSON: names in camel case, whole numbers of 64 bits also as strings,
 * enumerations as numbers, identities of traces and spans in hexadecimal digits. Unknown fields are
 * passed over. Not thread-safe.
 */
final class JsonMessages {
  private final Map<com.google.protobuf.Descriptors.Descriptor, Map<String, FieldDescriptor>>
      names = new HashMap<>();

  /** Fills a message; the parser stands at the start of an object and ends at its end. */
  void read(JsonParser parser, Message.Builder into) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      FieldDescriptor field = field(into, parser.currentName());
      JsonToken token = parser.nextToken();
      if (field == null || token == JsonToken.VALUE_NULL) {
        parser.skipChildren();
      } else if (!field.isRepeated()) {
        set(parser, into, field);
      } else if (token == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          add(parser, into, field);
        }
      } else {
        throw JsonBody.unexpected("field " + field.getJsonName() + " must be an array");
      }
    }
  }

  private @Nullable FieldDescriptor field(Message.Builder message, String name) {
    return names
        .computeIfAbsent(
            message.getDescriptorForType(),
            type -> {
              Map<String, FieldDescriptor> fields = new HashMap<>();
              type.getFields().forEach(each -> fields.put(each.getJsonName(), each));
              type.getFields().forEach(each -> fields.putIfAbsent(each.getName(), each));
              return fields;
            })
        .get(name);
  }

  private void set(JsonParser parser, Message.Builder into, FieldDescriptor field)
      throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      Message.Builder inner = into.newBuilderForField(field);
      message(parser, inner, field);
      into.setField(field, inner.build());
      return;
    }
    Object value = value(parser, field);
    if (value != null) {
      into.setField(field, value);
    }
  }

  private void add(JsonParser parser, Message.Builder into, FieldDescriptor field)
      throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      Message.Builder inner = into.newBuilderForField(field);
      message(parser, inner, field);
      into.addRepeatedField(field, inner.build());
      return;
    }
    Object value = value(parser, field);
    if (value != null) {
      into.addRepeatedField(field, value);
    }
  }

  private void message(JsonParser parser, Message.Builder inner, FieldDescriptor field)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw JsonBody.unexpected("field " + field.getJsonName() + " must be an object");
    }
    read(parser, inner);
  }

  /** Null for an enumeration's number that is not known. */
  private static @Nullable Object value(JsonParser parser, FieldDescriptor field)
      throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw JsonBody.unexpected("field " + field.getJsonName() + " must not be nested");
    }
    String text = parser.getText();
    try {
      return switch (field.getJavaType()) {
        case STRING -> text;
        case BOOLEAN -> Boolean.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case INT -> (int) whole(text, field);
        case LONG -> whole(text, field);
        case ENUM -> enumeration(text, field);
        case BYTE_STRING -> bytes(text, field);
        case MESSAGE -> null;
      };
    } catch (IllegalArgumentException e) {
      throw JsonBody.unexpected("field " + field.getJsonName() + " cannot be '" + text + "'");
    }
  }

  private static long whole(String text, FieldDescriptor field) {
    boolean unsigned =
        field.getType() == FieldDescriptor.Type.FIXED64
            || field.getType() == FieldDescriptor.Type.UINT64;
    return unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
  }

  /** Numbers, says the specification; names are what other protobuf JSON has. */
  private static @Nullable EnumValueDescriptor enumeration(String text, FieldDescriptor field) {
    EnumValueDescriptor named = field.getEnumType().findValueByName(text);
    return named != null ? named : field.getEnumType().findValueByNumber(Integer.parseInt(text));
  }

  private static ByteString bytes(String text, FieldDescriptor field) {
    boolean identity = field.getName().endsWith("_id");
    return ByteString.copyFrom(
        identity ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text));
  }
}
