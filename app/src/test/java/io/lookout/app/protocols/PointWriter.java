package io.lookout.app.protocols;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies as clients write them, and as none should. */
final class PointWriter {
  private PointWriter() {}

  /** {@code prometheus.WriteRequest}, uncompressed. */
  static byte[] remoteWrite1(List<Point> points) {
    return message(out -> {
      for (Point point : points) {
        out.writeByteArray(
            1,
            message(series -> {
              series.writeByteArray(1, pair("__name__", point.name()));
              for (int i = 0; i < point.labels().size(); i += 2) {
                series.writeByteArray(1, pair(point.labels().get(i), point.labels().get(i + 1)));
              }
              series.writeByteArray(2, sample(point));
            }));
      }
    });
  }

  /** {@code io.prometheus.write.v2.Request}, uncompressed. */
  static byte[] remoteWrite2(List<Point> points) {
    Map<String, Integer> symbols = new LinkedHashMap<>();
    symbols.put("", 0);
    byte[] series =
        message(out -> {
          for (Point point : points) {
            byte[] references =
                message(refs -> {
                  refs.writeUInt32NoTag(symbol(symbols, "__name__"));
                  refs.writeUInt32NoTag(symbol(symbols, point.name()));
                  for (String text : point.labels()) {
                    refs.writeUInt32NoTag(symbol(symbols, text));
                  }
                });
            out.writeByteArray(
                5,
                message(each -> {
                  each.writeByteArray(1, references);
                  each.writeByteArray(2, sample(point));
                }));
          }
        });
    byte[] table =
        message(out -> {
          for (String symbol : symbols.keySet()) {
            out.writeString(4, symbol);
          }
        });
    return ByteString.copyFrom(table).concat(ByteString.copyFrom(series)).toByteArray();
  }

  private static int symbol(Map<String, Integer> symbols, String text) {
    return symbols.computeIfAbsent(text, unknown -> symbols.size());
  }

  private static byte[] pair(String name, String value) {
    return message(out -> {
      out.writeString(1, name);
      out.writeString(2, value);
    });
  }

  private static byte[] sample(Point point) {
    return message(out -> {
      out.writeDouble(1, point.number());
      out.writeInt64(2, point.time());
    });
  }

  /** What writes the fields of a message. */
  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteString().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text exposition. */
  static byte[] text(List<Point> points, boolean timed) {
    StringBuilder text = new StringBuilder();
    for (Point point : points) {
      text.append(point.name()).append('{');
      for (int i = 0; i < point.labels().size(); i += 2) {
        text.append(i == 0 ? "" : ",").append(point.labels().get(i));
        text.append("=\"").append(point.labels().get(i + 1)).append('"');
      }
      text.append("} ").append(point.value());
      text.append(timed ? " " + point.time() : "").append('\n');
    }
    return utf8(text);
  }

  static byte[] influx(List<Point> points) {
    StringBuilder lines = new StringBuilder();
    for (Point point : points) {
      lines.append(point.name());
      for (int i = 0; i < point.labels().size(); i += 2) {
        lines.append(',').append(point.labels().get(i)).append('=');
        lines.append(point.labels().get(i + 1));
      }
      lines.append(" value=").append(point.value()).append(' ').append(point.time()).append('\n');
    }
    return utf8(lines);
  }

  static byte[] openTsdb(List<Point> points) {
    StringBuilder json = new StringBuilder("[");
    for (Point point : points) {
      json.append(json.length() == 1 ? "" : ",").append("{\"metric\":\"").append(point.name());
      json.append("\",\"timestamp\":").append(point.time()).append(",\"value\":\"");
      json.append(point.value()).append("\",\"tags\":").append(object(point)).append('}');
    }
    return utf8(json.append(']'));
  }

  static byte[] datas(List<Point> points) {
    StringBuilder records = new StringBuilder();
    for (Point point : points) {
      records.append(records.isEmpty() ? "" : "\t").append("{\"time\":").append(point.time());
      records.append(",\"tags\":").append(object(point)).append(",\"").append(point.name());
      records.append("\":").append(point.value()).append('}');
    }
    return utf8(records);
  }

  /** Events of module prometheus, whose series keep their names and labels. */
  static byte[] metricbeat(List<Point> points) {
    StringBuilder lines = new StringBuilder();
    for (Point point : points) {
      lines
          .append("{\"create\":{\"_index\":\"metricbeat\"}}\n{\"@timestamp\":")
          .append(point.time());
      lines.append(
          ",\"event\":{\"module\":\"prometheus\"},\"metricset\":{\"name\":\"collector\"},");
      lines.append("\"prometheus\":{\"labels\":").append(object(point)).append(",\"metrics\":{\"");
      lines.append(point.name()).append("\":").append(point.value()).append("}}}\n");
    }
    return utf8(lines);
  }

  static byte[] openFalcon(List<Point> points) {
    StringBuilder items = new StringBuilder("[");
    for (Point point : points) {
      items.append(items.length() == 1 ? "" : ",").append("{\"endpoint\":\"e\",\"metric\":\"");
      items.append(point.name()).append("\",\"value\":").append(point.value());
      items.append(",\"step\":60,\"counterType\":\"GAUGE\",\"tags\":\"\",\"timestamp\":");
      items.append(point.time() / 1000).append('}');
    }
    return utf8(items.append(']'));
  }

  private static StringBuilder object(Point point) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < point.labels().size(); i += 2) {
      json.append(i == 0 ? "\"" : ",\"").append(point.labels().get(i)).append("\":\"");
      json.append(point.labels().get(i + 1)).append('"');
    }
    return json.append('}');
  }

  static byte[] otlp(List<Point> points) {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
    for (Point point : points) {
      NumberDataPoint.Builder data =
          NumberDataPoint.newBuilder()
              .setAsDouble(point.number())
              .setTimeUnixNano(point.time() * 1_000_000);
      for (int i = 0; i < point.labels().size(); i += 2) {
        data.addAttributes(
            KeyValue.newBuilder()
                .setKey(point.labels().get(i))
                .setValue(AnyValue.newBuilder().setStringValue(point.labels().get(i + 1))));
      }
      scope.addMetrics(
          Metric.newBuilder()
              .setName(point.name())
              .setGauge(Gauge.newBuilder().addDataPoints(data)));
    }
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
        .build()
        .toByteArray();
  }

  /** The same as JSON, where what is no number stands in quotes. */
  static byte[] otlpJson(List<Point> points) {
    StringBuilder json =
        new StringBuilder("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[");
    String between = "";
    for (Point point : points) {
      json.append(between).append("{\"name\":\"").append(point.name());
      json.append("\",\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\"").append(point.time());
      json.append("000000\",\"asDouble\":\"").append(point.value().replace("+Inf", "Infinity"));
      json.append("\",\"attributes\":[");
      for (int i = 0; i < point.labels().size(); i += 2) {
        json.append(i == 0 ? "" : ",").append("{\"key\":\"").append(point.labels().get(i));
        json.append("\",\"value\":{\"stringValue\":\"").append(point.labels().get(i + 1));
        json.append("\"}}");
      }
      json.append("]}]}}");
      between = ",";
    }
    return utf8(json.append("]}]}]}"));
  }

  private static byte[] utf8(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
