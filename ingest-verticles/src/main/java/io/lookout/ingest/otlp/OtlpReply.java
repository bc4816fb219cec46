package io.lookout.ingest.otlp;

import io.lookout.ingest.grpc.StatusMessage;
import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.vertx.core.json.JsonObject;

/**
 * How OTLP answers, in the content type of the request: 200 with what was refused in {@code
 * partial_success}, counted in data points, and a {@code google.rpc.Status} where the whole was.
 */
record OtlpReply(boolean json, PointTally tally) implements Reply {
  private static final String PROTOBUF = "application/x-protobuf";

  @Override
  public Answer written(Written written) {
    if (json) {
      JsonObject body = new JsonObject();
      if (!written.rejections().isEmpty()) {
        body.put(
            "partialSuccess",
            new JsonObject()
                .put("rejectedDataPoints", Integer.toString(refused(written, tally)))
                .put("errorMessage", written.rejections().text()));
      }
      return Answer.json(200, body.encode());
    }
    return Answer.of(200, PROTOBUF, protobuf(written, tally));
  }

  private static int refused(Written written, PointTally tally) {
    return tally.refused(written.rejections().samples());
  }

  /** An {@code ExportMetricsServiceResponse}. */
  static byte[] protobuf(Written written, PointTally tally) {
    ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
    if (!written.rejections().isEmpty()) {
      response
          .getPartialSuccessBuilder()
          .setRejectedDataPoints(refused(written, tally))
          .setErrorMessage(written.rejections().text());
    }
    return response.build().toByteArray();
  }

  @Override
  public Answer failed(int status, String message) {
    int code = code(status);
    if (json) {
      return Answer.json(
          status, new JsonObject().put("code", code).put("message", message).encode());
    }
    return Answer.of(status, PROTOBUF, StatusMessage.of(code, message));
  }

  /** Numbers of {@code google.rpc.Code}. */
  private static int code(int status) {
    return switch (status) {
      case 413, 429 -> 8;
      case 503 -> 14;
      case 500 -> 13;
      default -> 3;
    };
  }
}
