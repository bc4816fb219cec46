package io.lookout.ingest.opentsdb;

import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.bus.WriteResult.Rejection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * How OpenTSDB answers: with nothing but a status, or as {@code ?summary} and {@code ?details} want
 * it. A parameter counts when it is there, whatever its value.
 *
 * @param success status without a body
 * @param failure status where data points were refused and are listed: Aliyun's client throws away
 *     the body of a 400, and so could not read what it asks {@code ?ignoreErrors} for
 */
record PutReply(int success, int failure, boolean summary, boolean details, PutErrors errors)
    implements Reply {
  static PutReply of(HttpServerRequest request, int success) {
    boolean lenient = has(request, "ignoreErrors");
    boolean details = lenient || has(request, "details");
    return new PutReply(
        success, lenient ? 200 : 400, has(request, "summary"), details, new PutErrors());
  }

  private static boolean has(HttpServerRequest request, String parameter) {
    return request.params().contains(parameter);
  }

  @Override
  public Answer written(Written written) {
    int failed = 0;
    String first = "";
    for (Rejection each : written.rejections().list()) {
      if (!each.reason().equals(Reason.TEXT_VALUE.label())) {
        failed += each.samples();
        first = first.isEmpty() ? each.message() : first;
        errors.add(each.message());
      }
    }
    int status = failed == 0 ? 200 : failure;
    if (details || summary) {
      JsonObject counts = new JsonObject().put("failed", failed).put("success", written.samples());
      return Answer.json(status, (details ? counts.put("errors", errors.list()) : counts).encode());
    }
    return failed == 0
        ? Answer.empty(success)
        : error(400, "One or more data points had errors", first);
  }

  @Override
  public Answer failed(int status, String message) {
    return error(status, message, message);
  }

  private static Answer error(int status, String message, String details) {
    JsonObject error =
        new JsonObject().put("code", status).put("message", message).put("details", details);
    return Answer.json(status, new JsonObject().put("error", error).encode());
  }
}
