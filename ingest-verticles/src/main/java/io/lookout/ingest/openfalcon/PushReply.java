package io.lookout.ingest.openfalcon;

import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How a push is answered, in the words of whom it was meant for. Of one request. */
final class PushReply implements Reply {
  private final Form form;
  private final long begin = System.nanoTime();

  /** Known when the body is decoded, on whatever thread. */
  private volatile int total;

  enum Form {
    TRANSFER,
    AGENT
  }

  PushReply(Form form) {
    this.form = form;
  }

  void total(int items) {
    total = items;
  }

  String blank() {
    return switch (form) {
      case TRANSFER -> "blank body";
      case AGENT -> "body is blank";
    };
  }

  /** With the agent's own spelling. */
  String undecodable() {
    return switch (form) {
      case TRANSFER -> "decode error";
      case AGENT -> "connot decode body";
    };
  }

  @Override
  public Answer written(Written written) {
    return switch (form) {
      case TRANSFER -> transfer(written);
      case AGENT -> Answer.text(200, "success");
    };
  }

  private Answer transfer(Written written) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    PushOutcome outcome = new PushOutcome(total, written.rejections().samples(), millis);
    JsonObject body = new JsonObject().put("msg", "success").put("data", outcome.json());
    return Answer.of(
        200, "application/json; charset=UTF-8", body.encode().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Answer failed(int status, String message) {
    return Answer.text(status, message + "\n");
  }
}
