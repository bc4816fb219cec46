package io.lookout.app.protocols;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A protocol, as its clients use it.
 *
 * @param protocol as the self-metrics name it
 * @param coding of all bodies; empty for none
 * @param success status when all is well
 * @param partial status when a part was refused
 * @param malformed a body that cannot be read, uncompressed
 * @param writer of bodies, uncompressed
 */
record Wire(
    String protocol,
    String path,
    List<String> headers,
    String coding,
    int success,
    int partial,
    String malformed,
    Function<List<Point>, byte[]> writer) {
  private static final String PROTOBUF = "application/x-protobuf";

  private static final Wire REMOTE_WRITE_1 =
      new Wire(
          "remote_write",
          "/api/v1/write",
          List.of("Content-Type", PROTOBUF),
          "snappy",
          204,
          400,
          "\n\u007f1",
          PointWriter::remoteWrite1);

  private static final Wire REMOTE_WRITE_2 =
      new Wire(
          "remote_write",
          "/api/v1/write?v2",
          List.of("Content-Type", PROTOBUF + ";proto=io.prometheus.write.v2.Request"),
          "snappy",
          204,
          400,
          "\n\u007f1",
          PointWriter::remoteWrite2);

  private static final Wire TEXT_IMPORT =
      new Wire(
          "text_import",
          "/api/v1/import/prometheus",
          List.of(),
          "",
          204,
          400,
          "up{a=} 1",
          points -> PointWriter.text(points, true));

  private static final Wire PUSHGATEWAY =
      new Wire(
          "pushgateway",
          "/metrics/job/sweep",
          List.of(),
          "",
          200,
          400,
          "up{a=} 1",
          points -> PointWriter.text(points, false));

  private static final Wire OTLP =
      new Wire(
          "otlp",
          "/v1/metrics",
          List.of("Content-Type", PROTOBUF),
          "",
          200,
          200,
          "\n\u007f1",
          PointWriter::otlp);

  private static final Wire OTLP_JSON =
      new Wire(
          "otlp",
          "/api/v1/otlp/v1/metrics",
          List.of("Content-Type", "application/json"),
          "",
          200,
          200,
          "{\"resourceMetrics\":",
          PointWriter::otlpJson);

  private static final Wire INFLUXDB =
      new Wire(
          "influxdb",
          "/write?db=sweep&precision=ms",
          List.of(),
          "",
          204,
          400,
          "up,a= value=1",
          PointWriter::influx);

  private static final Wire INFLUXDB_2 =
      new Wire(
          "influxdb",
          "/api/v2/write?bucket=sweep&org=o&precision=ms",
          List.of(),
          "",
          204,
          400,
          "up,a= value=1",
          PointWriter::influx);

  private static final Wire OPENTSDB =
      new Wire(
          "opentsdb",
          "/api/put?details",
          List.of(),
          "",
          200,
          400,
          "[{\"metric\":",
          PointWriter::openTsdb);

  private static final Wire SOFALOOKOUT =
      new Wire(
          "sofalookout",
          "/datas",
          List.of("app", "sweep"),
          "",
          200,
          200,
          "{\"time\":",
          PointWriter::datas);

  private static final Wire METRICBEAT =
      new Wire(
          "metricbeat",
          "/beat/_bulk",
          List.of("Content-Type", "application/x-ndjson"),
          "",
          200,
          200,
          "{\"create\":",
          PointWriter::metricbeat);

  /** Its answers say how many items were refused, and not why. */
  private static final Wire OPENFALCON =
      new Wire(
          "openfalcon",
          "/v1/push",
          List.of(),
          "",
          200,
          200,
          "[{\"metric\":",
          PointWriter::openFalcon);

  /** Those above, and one more that shares their way of reading bodies. */
  static List<Wire> ofBodies() {
    return Stream.concat(all().stream(), Stream.of(OPENFALCON)).toList();
  }

  static List<Wire> all() {
    return List.of(
        REMOTE_WRITE_1,
        REMOTE_WRITE_2,
        TEXT_IMPORT,
        PUSHGATEWAY,
        OTLP,
        OTLP_JSON,
        INFLUXDB,
        INFLUXDB_2,
        OPENTSDB,
        SOFALOOKOUT,
        METRICBEAT);
  }

  byte[] body(Point... points) {
    return writer.apply(List.of(points));
  }

  /** The name of a metric that no other wire and no other test has. */
  String metric(String test) {
    return "sweep_" + test + "_" + Integer.toHexString(path.hashCode());
  }

  @Override
  public String toString() {
    return protocol + " " + path;
  }
}
