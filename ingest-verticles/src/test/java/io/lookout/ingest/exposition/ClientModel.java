package io.lookout.ingest.exposition;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The messages of {@code io.prometheus.client}, as protobuf-java writes them. */
final class ClientModel {
  private static final FileDescriptor FILE = file();

  private ClientModel() {}

  private static FileDescriptor file() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("metrics.proto").setPackage("client");
    message(file, "LabelPair", "1 string name", "2 string value");
    message(file, "Timestamp", "1 int64 seconds", "2 int32 nanos");
    message(file, "Exemplar", "1 *LabelPair label", "2 double value", "3 Timestamp timestamp");
    message(
        file, "Counter", "1 double value", "2 Exemplar exemplar", "3 Timestamp created_timestamp");
    message(file, "Gauge", "1 double value");
    message(file, "Quantile", "1 double quantile", "2 double value");
    message(
        file, "Summary", "1 uint64 sample_count", "2 double sample_sum", "3 *Quantile quantile");
    message(
        file, "Bucket", "1 uint64 cumulative_count", "2 double upper_bound", "3 Exemplar exemplar");
    message(file, "BucketSpan", "1 sint32 offset", "2 uint32 length");
    message(
        file,
        "Histogram",
        "1 uint64 sample_count",
        "2 double sample_sum",
        "3 *Bucket bucket",
        "5 sint32 schema",
        "6 double zero_threshold",
        "7 uint64 zero_count",
        "12 *BucketSpan positive_span",
        "13 *sint64 positive_delta",
        "15 Timestamp created_timestamp");
    message(
        file,
        "Metric",
        "1 *LabelPair label",
        "2 Gauge gauge",
        "3 Counter counter",
        "4 Summary summary",
        "6 int64 timestamp_ms",
        "7 Histogram histogram");
    message(
        file,
        "MetricFamily",
        "1 string name",
        "2 string help",
        "3 int32 type",
        "4 *Metric metric",
        "5 string unit");
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A star marks a repeated field; a type in upper case is a message. */
  private static void message(FileDescriptorProto.Builder file, String name, String... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (String field : fields) {
      String[] parts = field.split(" ", -1);
      String type = parts[1].replace("*", "");
      FieldDescriptorProto.Builder descriptor =
          message
              .addFieldBuilder()
              .setNumber(Integer.parseInt(parts[0]))
              .setName(parts[2])
              .setLabel(
                  parts[1].startsWith("*")
                      ? FieldDescriptorProto.Label.LABEL_REPEATED
                      : FieldDescriptorProto.Label.LABEL_OPTIONAL);
      if (Character.isUpperCase(type.charAt(0))) {
        descriptor.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".client." + type);
      } else {
        descriptor.setType(
            FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)));
      }
    }
    file.addMessageType(message);
  }

  static DynamicMessage family(Map<String, ?> fields) {
    return message(FILE.findMessageTypeByName("MetricFamily"), fields);
  }

  private static DynamicMessage message(Descriptor type, Map<String, ?> fields) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    fields.forEach((name, value) -> {
      FieldDescriptor field = type.findFieldByName(name);
      if (value instanceof List<?> list) {
        list.forEach(each -> message.addRepeatedField(field, converted(field, each)));
      } else {
        message.setField(field, converted(field, value));
      }
    });
    return message.build();
  }

  private static Object converted(FieldDescriptor field, Object value) {
    if (value instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked")
      Map<String, ?> fields = (Map<String, ?>) map;
      return message(field.getMessageType(), fields);
    }
    return value;
  }
}
