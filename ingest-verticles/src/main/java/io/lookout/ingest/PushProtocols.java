package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.http.HttpEndpoint;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.http.Answers;
import io.lookout.ingest.http.BodyReader;
import io.lookout.ingest.http.Uploads;
import io.lookout.ingest.influx.Databases;
import io.lookout.ingest.influx.InfluxEndpoint;
import io.lookout.ingest.intake.Intake;
import io.lookout.ingest.intake.IntakeMeters;
import io.lookout.ingest.metricbeat.EventFields;
import io.lookout.ingest.metricbeat.MetricbeatEndpoint;
import io.lookout.ingest.metricbeat.MetricbeatSettings;
import io.lookout.ingest.openfalcon.OpenFalconEndpoint;
import io.lookout.ingest.opentsdb.OpenTsdbEndpoint;
import io.lookout.ingest.otlp.DeltaSums;
import io.lookout.ingest.otlp.OtlpDecoders;
import io.lookout.ingest.otlp.OtlpEndpoint;
import io.lookout.ingest.otlp.OtlpGrpcEndpoint;
import io.lookout.ingest.otlp.OtlpSettings;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.sofalookout.SofaLookoutEndpoint;
import io.lookout.ingest.sofalookout.SofaLookoutSettings;
import io.lookout.ingest.textpush.PushGroups;
import io.lookout.ingest.textpush.PushStateEndpoint;
import io.lookout.ingest.textpush.PushgatewayEndpoint;
import io.lookout.ingest.textpush.TextImportEndpoint;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The protocols over HTTP beside remote write: what they share is made here, and each is mounted.
 *
 * @param index that all decoders ask for series
 * @param workers that decode large bodies
 */
record PushProtocols(
    Node node,
    IngestSettings settings,
    SeriesIndex index,
    InFlight inFlight,
    Intake intake,
    IntakeMeters meters,
    WorkerExecutor workers) {
  static PointBatches batches(IngestSettings settings, SeriesIndex index) {
    return new PointBatches(
        index,
        new DecodeLimits((int) settings.decompressedLimit().bytes(), settings.requestEntries()));
  }

  void mount() {
    PointBatches batches = batches(settings, index);
    Clock clock = node.clock();
    PushGroups groups = new PushGroups(settings.pushedSeries());
    Databases databases = new Databases();
    OtlpSettings otlp = node.settings().of(OtlpSettings.class);
    OtlpDecoders decoders = new OtlpDecoders(batches, otlp, new DeltaSums(otlp.deltaSeries()));
    add(uploads ->
        new PushgatewayEndpoint(uploads, batches, groups, settings.pushedAdmin(), clock));
    node.http().addIngest(pushState(groups, clock.instant()));
    add(uploads -> new TextImportEndpoint(uploads, batches, clock));
    add(uploads -> new InfluxEndpoint(uploads, batches, databases, clock));
    add(uploads -> new OpenTsdbEndpoint(uploads, batches));
    add(uploads ->
        new SofaLookoutEndpoint(
            uploads, batches, node.settings().of(SofaLookoutSettings.class), clock));
    add(uploads -> new OpenFalconEndpoint(uploads, batches, clock));
    add(uploads -> new OtlpEndpoint(uploads, decoders));
    if (otlp.grpcEnabled()) {
      node.http()
          .addHttp2Port(
              "otlp.grpc.listen",
              otlp.grpcListen(),
              () -> new OtlpGrpcEndpoint(uploads(), decoders));
    }
    metricbeat(batches);
  }

  private Supplier<PushStateEndpoint> pushState(PushGroups groups, Instant started) {
    Map<String, String> flags =
        Map.of("web.enable-admin-api", Boolean.toString(settings.pushedAdmin()));
    return () -> new PushStateEndpoint(groups, flags, started);
  }

  private void metricbeat(PointBatches batches) {
    MetricbeatSettings own = node.settings().of(MetricbeatSettings.class);
    EventFields.Room room = new EventFields.Room(own.fields(), own.allFields());
    EventFields fields = new EventFields(index, own.labels(), room, node.meters());
    MetricbeatEndpoint.Shared shared =
        new MetricbeatEndpoint.Shared(batches, fields, own.bulkItems(), node.clock());
    add(uploads -> new MetricbeatEndpoint(uploads, shared, MetricbeatEndpoint.PREFIX));
    if (own.enabled()) {
      node.http()
          .addPort(
              "metricbeat.listen",
              own.listen(),
              () -> new MetricbeatEndpoint(uploads(), shared, ""));
    }
  }

  /** Every event loop has its own endpoint, with its own way of taking requests. */
  private void add(Function<Uploads, HttpEndpoint> endpoint) {
    node.http().addIngest(() -> endpoint.apply(uploads()));
  }

  private Uploads uploads() {
    int inline = (int) Math.min(settings.inlineLimit().bytes(), Integer.MAX_VALUE);
    return new Uploads(
        new BodyReader(
            node.vertx(), inFlight, settings.bodyLimit().bytes(), settings.bodyTimeout()),
        workers,
        new Uploads.Limits(inline, (int) settings.decompressedLimit().bytes()),
        intake,
        meters,
        new Answers(node.vertx()));
  }
}
