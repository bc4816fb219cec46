package io.lookout.ingest.otlp;

import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.json.JsonBody;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.util.List;

/** Turns an {@code ExportMetricsServiceRequest}, as protobuf or JSON, into a batch. */
public final class OtlpDecoder {
  private final PointBatches batches;
  private final List<String> promoted;
  private final DeltaSums deltas;

  public OtlpDecoder(PointBatches batches, List<String> promoted, DeltaSums deltas) {
    this.batches = batches;
    this.promoted = promoted;
    this.deltas = deltas;
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
    ResourceLabels labels = ResourceLabels.of(resource.getResource(), promoted);
    MetricPoints points = new MetricPoints(tenant, batch, labels.common(), deltas);
    for (ScopeMetrics scope : resource.getScopeMetricsList()) {
      for (Metric metric : scope.getMetricsList()) {
        points.add(metric);
      }
    }
    if (points.latest() > 0) {
      labels
          .targetInfo()
          .ifPresent(info -> {
            batch.labels().clear();
            info.forEach(label -> batch.labels().add(label.name(), label.value()));
            batch.sample(points.latest(), 1);
          });
    }
  }

  /** Identities of traces as exemplars have them. */
  static String hex(ByteString bytes) {
    return java.util.HexFormat.of().formatHex(bytes.toByteArray());
  }
}
