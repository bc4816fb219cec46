package io.lookout.ingest.influx;

import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.model.bus.WriteResult.Rejection;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * How InfluxDB answers a write: 204, or 400 where a line was bad, after the good ones were written.
 * Texts that were left out are no error.
 */
record InfluxReply(boolean version2) implements Reply {
  @Override
  public Answer written(Written written) {
    List<String> problems = new ArrayList<>();
    int dropped = 0;
    for (Rejection each : written.rejections().list()) {
      if (!each.reason().equals(Reason.TEXT_VALUE.label())) {
        problems.add(each.message());
        dropped += each.reason().equals(Reason.MALFORMED.label()) ? 0 : each.samples();
      }
    }
    if (problems.isEmpty()) {
      return Answer.empty(204);
    }
    String text = String.join("\n", problems);
    boolean nothing = written.samples() == 0 && dropped == 0;
    return failed(400, nothing ? text : "partial write: " + text + " dropped=" + dropped);
  }

  @Override
  public Answer failed(int status, String message) {
    if (version2) {
      return Answer.json(
          status, new JsonObject().put("code", code(status)).put("message", message).encode());
    }
    return Answer.json(status, new JsonObject().put("error", message).encode())
        .with("X-Influxdb-Error", headerText(message));
  }

  private static String code(int status) {
    return switch (status) {
      case 413 -> "request too large";
      case 429 -> "too many requests";
      case 503 -> "unavailable";
      case 500 -> "internal error";
      default -> "invalid";
    };
  }

  /** What a header may hold. */
  private static String headerText(String message) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(message.length(), 500); i++) {
      char c = message.charAt(i);
      text.append(c >= ' ' && c < 0x7f ? c : ' ');
    }
    return text.toString();
  }
}
