package io.lookout.ingest.remotewrite;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;

/** The messages of remote write 1.0 as protobuf-java knows them: the oracle of decoder tests. */
public final class Prompb {
  static final FileDescriptor FILE = file();
  static final Descriptor WRITE_REQUEST = FILE.findMessageTypeByName("WriteRequest");
  static final Descriptor TIME_SERIES = FILE.findMessageTypeByName("TimeSeries");
  static final Descriptor LABEL = FILE.findMessageTypeByName("Label");
  static final Descriptor SAMPLE = FILE.findMessageTypeByName("Sample");
  static final Descriptor EXEMPLAR = FILE.findMessageTypeByName("Exemplar");
  static final Descriptor HISTOGRAM = FILE.findMessageTypeByName("Histogram");
  static final Descriptor SPAN = FILE.findMessageTypeByName("BucketSpan");
  static final Descriptor METADATA = FILE.findMessageTypeByName("MetricMetadata");

  private Prompb() {}

  private static FileDescriptor file() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("prompb.proto").setSyntax("proto3");
    file.addMessageType(
        message("WriteRequest")
            .addField(many("timeseries", 1, "TimeSeries"))
            .addField(many("metadata", 3, "MetricMetadata")));
    file.addMessageType(
        message("TimeSeries")
            .addField(many("labels", 1, "Label"))
            .addField(many("samples", 2, "Sample"))
            .addField(many("exemplars", 3, "Exemplar"))
            .addField(many("histograms", 4, "Histogram")));
    file.addMessageType(
        message("Label")
            .addField(one("name", 1, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(one("value", 2, FieldDescriptorProto.Type.TYPE_STRING)));
    file.addMessageType(
        message("Sample")
            .addField(one("value", 1, FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(one("timestamp", 2, FieldDescriptorProto.Type.TYPE_INT64)));
    file.addMessageType(
        message("Exemplar")
            .addField(many("labels", 1, "Label"))
            .addField(one("value", 2, FieldDescriptorProto.Type.TYPE_DOUBLE))
            .addField(one("timestamp", 3, FieldDescriptorProto.Type.TYPE_INT64)));
    file.addMessageType(
        message("MetricMetadata")
            .addField(one("type", 1, FieldDescriptorProto.Type.TYPE_INT32))
            .addField(one("metric_family_name", 2, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(one("help", 4, FieldDescriptorProto.Type.TYPE_STRING))
            .addField(one("unit", 5, FieldDescriptorProto.Type.TYPE_STRING)));
    file.addMessageType(
        message("BucketSpan")
            .addField(one("offset", 1, FieldDescriptorProto.Type.TYPE_SINT32))
            .addField(one("length", 2, FieldDescriptorProto.Type.TYPE_UINT32)));
    file.addMessageType(histogram());
    try {
      return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  static DescriptorProto.Builder histogram() {
    return message("Histogram")
        .addOneofDecl(OneofDescriptorProto.newBuilder().setName("c"))
        .addOneofDecl(OneofDescriptorProto.newBuilder().setName("z"))
        .addField(one("count_int", 1, FieldDescriptorProto.Type.TYPE_UINT64).setOneofIndex(0))
        .addField(one("count_float", 2, FieldDescriptorProto.Type.TYPE_DOUBLE).setOneofIndex(0))
        .addField(one("sum", 3, FieldDescriptorProto.Type.TYPE_DOUBLE))
        .addField(one("schema", 4, FieldDescriptorProto.Type.TYPE_SINT32))
        .addField(one("zero_threshold", 5, FieldDescriptorProto.Type.TYPE_DOUBLE))
        .addField(one("zero_count_int", 6, FieldDescriptorProto.Type.TYPE_UINT64).setOneofIndex(1))
        .addField(
            one("zero_count_float", 7, FieldDescriptorProto.Type.TYPE_DOUBLE).setOneofIndex(1))
        .addField(many("negative_spans", 8, "BucketSpan"))
        .addField(numbers("negative_deltas", 9, FieldDescriptorProto.Type.TYPE_SINT64))
        .addField(numbers("negative_counts", 10, FieldDescriptorProto.Type.TYPE_DOUBLE))
        .addField(many("positive_spans", 11, "BucketSpan"))
        .addField(numbers("positive_deltas", 12, FieldDescriptorProto.Type.TYPE_SINT64))
        .addField(numbers("positive_counts", 13, FieldDescriptorProto.Type.TYPE_DOUBLE))
        .addField(one("reset_hint", 14, FieldDescriptorProto.Type.TYPE_INT32))
        .addField(one("timestamp", 15, FieldDescriptorProto.Type.TYPE_INT64))
        .addField(numbers("custom_values", 16, FieldDescriptorProto.Type.TYPE_DOUBLE));
  }

  static DescriptorProto.Builder message(String name) {
    return DescriptorProto.newBuilder().setName(name);
  }

  static FieldDescriptorProto.Builder one(String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  static FieldDescriptorProto.Builder numbers(
      String name, int number, FieldDescriptorProto.Type type) {
    return one(name, number, type).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
  }

  static FieldDescriptorProto.Builder many(String name, int number, String type) {
    return numbers(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type);
  }

  /** From name, value, name, value, …; a list fills a repeated field. */
  public static DynamicMessage of(Descriptor type, Object... namesAndValues) {
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      FieldDescriptor field = type.findFieldByName((String) namesAndValues[i]);
      builder.setField(field, namesAndValues[i + 1]);
    }
    return builder.build();
  }

  public static DynamicMessage label(String name, String value) {
    return of(LABEL, "name", name, "value", value);
  }

  public static DynamicMessage sample(long time, double value) {
    return of(SAMPLE, "value", value, "timestamp", time);
  }

  /** A series of these labels (name, value, …) with these samples. */
  public static DynamicMessage series(List<DynamicMessage> samples, String... namesAndValues) {
    DynamicMessage.Builder series = DynamicMessage.newBuilder(TIME_SERIES);
    FieldDescriptor labels = TIME_SERIES.findFieldByName("labels");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      series.addRepeatedField(labels, label(namesAndValues[i], namesAndValues[i + 1]));
    }
    series.setField(TIME_SERIES.findFieldByName("samples"), samples);
    return series.build();
  }

  public static DynamicMessage request(DynamicMessage... series) {
    return of(WRITE_REQUEST, "timeseries", List.of(series));
  }

  @SuppressWarnings("unchecked")
  static List<Message> list(Message message, String field) {
    return (List<Message>) get(message, field);
  }

  static Object get(Message message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }
}
