package io.lookout.query.remoteread;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Locale;

/**
 * {@code prompb/remote.proto} and what it needs of {@code types.proto}, as protobuf-java sees it.
 */
public final class RemoteProto {
  private static final FileDescriptor FILE = file();

  private RemoteProto() {}

  private static FileDescriptor file() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("remote.proto").setSyntax("proto3");
    file.addEnumType(numbers("ResponseType", 2)).addEnumType(numbers("MatcherType", 4));
    message(file, "ReadRequest", "1*Query queries", "2*ResponseType accepted_response_types");
    message(
        file,
        "Query",
        "1 int64 start_timestamp_ms",
        "2 int64 end_timestamp_ms",
        "3*LabelMatcher matchers",
        "4 ReadHints hints");
    message(file, "LabelMatcher", "1 MatcherType type", "2 string name", "3 string value");
    message(file, "ReadHints", "1 int64 step_ms", "2 string func", "5*string grouping");
    message(file, "ReadResponse", "1*QueryResult results");
    message(file, "QueryResult", "1*TimeSeries timeseries");
    message(file, "TimeSeries", "1*Label labels", "2*Sample samples", "4*Histogram histograms");
    message(file, "Label", "1 string name", "2 string value");
    message(file, "Sample", "1 double value", "2 int64 timestamp");
    message(file, "BucketSpan", "1 sint32 offset", "2 uint32 length");
    message(
        file,
        "Histogram",
        "1 uint64 count_int",
        "2 double count_float",
        "3 double sum",
        "4 sint32 schema",
        "5 double zero_threshold",
        "6 uint64 zero_count_int",
        "7 double zero_count_float",
        "8*BucketSpan negative_spans",
        "9*sint64 negative_deltas",
        "10*double negative_counts",
        "11*BucketSpan positive_spans",
        "12*sint64 positive_deltas",
        "13*double positive_counts",
        "14 int32 reset_hint",
        "15 int64 timestamp",
        "16*double custom_values");
    message(file, "ChunkedReadResponse", "1*ChunkedSeries chunked_series", "2 int64 query_index");
    message(file, "ChunkedSeries", "1*Label labels", "2*Chunk chunks");
    message(
        file,
        "Chunk",
        "1 int64 min_time_ms",
        "2 int64 max_time_ms",
        "3 int32 type",
        "4 bytes data");
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EnumDescriptorProto.Builder numbers(String name, int count) {
    EnumDescriptorProto.Builder numbers = EnumDescriptorProto.newBuilder().setName(name);
    for (int i = 0; i < count; i++) {
      numbers.addValue(EnumValueDescriptorProto.newBuilder().setName(name + "_" + i).setNumber(i));
    }
    return numbers;
  }

  /** Fields as number, space or star for repeated, type, name. */
  private static void message(FileDescriptorProto.Builder file, String name, String... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (String text : fields) {
      String[] parts = text.split("[ *]", -1);
      FieldDescriptorProto.Builder field =
          FieldDescriptorProto.newBuilder()
              .setNumber(Integer.parseInt(parts[0]))
              .setName(parts[2])
              .setLabel(
                  text.contains("*")
                      ? FieldDescriptorProto.Label.LABEL_REPEATED
                      : FieldDescriptorProto.Label.LABEL_OPTIONAL);
      if (parts[1].endsWith("Type")) {
        field.setType(FieldDescriptorProto.Type.TYPE_ENUM).setTypeName(parts[1]);
      } else if (Character.isUpperCase(parts[1].charAt(0))) {
        field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(parts[1]);
      } else {
        field.setType(
            FieldDescriptorProto.Type.valueOf("TYPE_" + parts[1].toUpperCase(Locale.ROOT)));
      }
      message.addField(field);
    }
    file.addMessageType(message);
  }

  public static Descriptor type(String name) {
    return FILE.findMessageTypeByName(name);
  }

  /** From name, value, name, value, …; a list fills a repeated field, a number an enum. */
  public static DynamicMessage of(String type, Object... namesAndValues) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type(type));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      FieldDescriptor field = type(type).findFieldByName((String) namesAndValues[i]);
      Object value = namesAndValues[i + 1];
      if (field.getJavaType() != FieldDescriptor.JavaType.ENUM) {
        builder.setField(field, value);
      } else if (value instanceof List<?> list) {
        list.forEach(each -> builder.addRepeatedField(field, number(field, each)));
      } else {
        builder.setField(field, number(field, value));
      }
    }
    return builder.build();
  }

  private static Object number(FieldDescriptor field, Object number) {
    return field.getEnumType().findValueByNumberCreatingIfUnknown((Integer) number);
  }

  @SuppressWarnings("unchecked")
  public static List<Message> list(Message message, String field) {
    return (List<Message>) get(message, field);
  }

  public static Object get(Message message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }
}
