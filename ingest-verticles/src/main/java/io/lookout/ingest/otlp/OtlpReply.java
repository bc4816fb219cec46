package io.lookout.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * How OTLP answers, in the content type of the request: 200 with what was refused in {@code
 * partial_success}, and a {@code google.rpc.Status} where the whole was.
 */
record OtlpReply(boolean json) implements Reply {
  private static final String PROTOBUF = "application/x-protobuf";

  @Override
  public Answer written(Written written) {
    int refused = written.rejections().samples();
    String text = written.rejections().text();
    if (json) {
      JsonObject body = new JsonObject();
      if (refused > 0) {
        body.put(
            "partialSuccess",
            new JsonObject()
                .put("rejectedDataPoints", Integer.toString(refused))
                .put("errorMessage", text));
      }
      return Answer.json(200, body.encode());
    }
    ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
    if (refused > 0) {
      response.getPartialSuccessBuilder().setRejectedDataPoints(refused).setErrorMessage(text);
    }
    return Answer.of(200, PROTOBUF, response.build().toByteArray());
  }

  @Override
  public Answer failed(int status, String message) {
    int code = code(status);
    if (json) {
      return Answer.json(
          status, new JsonObject().put("code", code).put("message", message).encode());
    }
    return Answer.of(status, PROTOBUF, status(code, message));
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

  /** {@code google.rpc.Status}: a number and a text. */
  private static byte[] status(int code, String message) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeInt32(1, code);
      out.writeString(2, message);
      out.flush();
      return bytes.toByteString().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
