package io.lookout.ingest.otlp;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.json.JsonBody;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.MetricMetadata;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;

/** Turns an {@code ExportMetricsServiceRequest}, as protobuf or JSON, into a batch. */
public final class OtlpDecoder {
  /**
   * Samples of {@code target_info} stand no further apart, so that it is there wherever a query
   * that looks back five minutes finds another sample.
   */
  private static final long INFO_STEP_MILLIS = 150_000;

  /** However far apart the data points of a request are. */
  private static final int MOST_INFO_STEPS = 100;

  private static final MetricMetadata INFO_METADATA =
      new MetricMetadata(ResourceLabels.TARGET_INFO, "gauge", "Target metadata", "");

  private final PointBatches batches;
  private final Translation translation;
  private final DeltaSums deltas;
  private final PointTally tally;

  /**
   * @param tally of the data points of one request, or of several
   */
  OtlpDecoder(PointBatches batches, Translation translation, DeltaSums deltas, PointTally tally) {
    this.batches = batches;
    this.translation = translation;
    this.deltas = deltas;
    this.tally = tally;
  }

  public OtlpDecoder(PointBatches batches, Translation translation, DeltaSums deltas) {
    this(batches, translation, deltas, new PointTally());
  }

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no such request
   */
  public PointBatch decode(String tenant, boolean json, byte[] bytes, int length) {
    ExportMetricsServiceRequest request = json ? json(bytes, length) : protobuf(bytes, length);
    PointBatch batch = batches.batch(tenant, length);
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      resource(tenant, resource, batch);
    }
    return batch;
  }

  private static ExportMetricsServiceRequest protobuf(byte[] bytes, int length) {
    try {
      return ExportMetricsServiceRequest.parseFrom(CodedInputStream.newInstance(bytes, 0, length));
    } catch (InvalidProtocolBufferException e) {
      throw new LookoutException(
          ErrorCode.BAD_DATA, "body is no ExportMetricsServiceRequest: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new LookoutException(ErrorCode.INTERNAL, "cannot read an array", e);
    }
  }

  private static ExportMetricsServiceRequest json(byte[] bytes, int length) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    if (length == 0) {
      return request.build();
    }
    JsonBody.read(
        bytes,
        0,
        length,
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw JsonBody.unexpected("an object is expected");
          }
          new JsonMessages().read(parser, request);
        });
    return request.build();
  }

  private void resource(String tenant, ResourceMetrics resource, PointBatch batch) {
    ResourceLabels labels = ResourceLabels.of(resource.getResource(), translation);
    PointSeries series = new PointSeries(tenant, batch, translation.naming(), deltas, labels);
    MetricPoints points = new MetricPoints(batch, series, translation, tally);
    for (ScopeMetrics scope : resource.getScopeMetricsList()) {
      series.scope(labels.in(scope, translation));
      for (Metric metric : scope.getMetricsList()) {
        points.add(metric);
      }
    }
    if (!series.isEmpty() && labels.targetInfo().isPresent()) {
      targetInfo(labels.targetInfo().get(), series.earliest(), series.latest(), batch);
    }
  }

  private void targetInfo(Labels info, long earliest, long latest, PointBatch batch) {
    batch.labels().clear();
    info.forEach(label -> batch.labels().add(label.name(), label.value()));
    int series = batch.find(1);
    if (series != PointBatch.NONE) {
      long steps = Math.min((latest - earliest) / INFO_STEP_MILLIS, MOST_INFO_STEPS);
      for (long i = steps; i > 0; i--) {
        batch.sample(series, latest - i * INFO_STEP_MILLIS, 1);
      }
      batch.sample(series, latest, 1);
      batch.metadata(INFO_METADATA);
    }
    tally.notPoints(batch.rejections().samples());
  }

  /** Identities of traces as exemplars have them. */
  static String hex(ByteString bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
