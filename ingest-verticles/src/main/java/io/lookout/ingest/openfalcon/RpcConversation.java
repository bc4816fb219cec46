package io.lookout.ingest.openfalcon;

import io.lookout.ingest.decode.Decoded;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.intake.Written;
import io.lookout.ingest.tcp.Conversation;
import io.lookout.ingest.tcp.JsonObjects;
import io.lookout.ingest.tcp.TcpIntake;
import io.lookout.ingest.tcp.TcpProtocol;
import io.lookout.ingest.tcp.TcpReply;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An agent that calls its transfer. All calls that have arrived are one batch; each is answered for
 * itself. What is no call ends the connection, as it does with transfer.
 */
public final class RpcConversation implements Conversation {
  private final PointBatches batches;
  private final String tenant;
  private final TcpIntake intake;
  private final Clock clock;

  /** Of the attempt that was last. */
  private volatile List<RpcCall> calls = List.of();

  private RpcConversation(PointBatches batches, String tenant, TcpIntake intake, Clock clock) {
    this.batches = batches;
    this.tenant = tenant;
    this.intake = intake;
    this.clock = clock;
  }

  /** What is spoken on the port of a transfer. */
  public static TcpProtocol protocol(
      PointBatches batches, OpenFalconSettings settings, TcpIntake intake, Clock clock) {
    return new TcpProtocol(
        OpenFalconEndpoint.PROTOCOL,
        (int) settings.messageLimit().bytes(),
        JsonObjects::new,
        () -> new RpcConversation(batches, settings.tenant(), intake, clock));
  }

  @Override
  public Future<TcpReply> take(byte[] bytes, int length) {
    long begin = System.nanoTime();
    long now = clock.millis();
    return intake
        .write(OpenFalconEndpoint.PROTOCOL, length, () -> decoded(bytes, length, now))
        .map(written -> written(written, begin))
        .recover(RpcConversation.this::failed);
  }

  private Decoded decoded(byte[] bytes, int length, long now) {
    PushDecoder items = new PushDecoder(batches, tenant, length, now);
    calls = new RpcDecoder(items).decode(bytes, length).calls();
    return items.batch().decoded(length);
  }

  /** What storage refuses is not told by call: the last one that brought items has it. */
  private TcpReply written(Written written, long begin) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    int late = written.rejections().samples();
    int last = -1;
    for (int i = 0; i < calls.size(); i++) {
      late -= calls.get(i).refused();
      last = calls.get(i).total() > 0 ? i : last;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < calls.size(); i++) {
      RpcCall call = calls.get(i);
      PushOutcome outcome =
          new PushOutcome(call.total(), call.refused() + (i == last ? late : 0), millis);
      text.append(answer(call, outcome).encode()).append('\n');
    }
    return TcpReply.of(text.toString());
  }

  private static JsonObject answer(RpcCall call, PushOutcome outcome) {
    return switch (call.method()) {
      case RpcCall.UPDATE -> result(call, outcome.json());
      case RpcCall.PING -> result(call, new JsonObject().put("code", 0));
      default -> error(call, "rpc: can't find method " + cut(call.method()));
    };
  }

  private static String cut(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }

  private static JsonObject result(RpcCall call, JsonObject result) {
    return new JsonObject().put("id", call.id()).put("result", result).putNull("error");
  }

  private static JsonObject error(RpcCall call, String message) {
    return new JsonObject().put("id", call.id()).putNull("result").put("error", message);
  }

  private Future<TcpReply> failed(Throwable failure) {
    if (!(failure instanceof LookoutException known)) {
      return Future.failedFuture(failure);
    }
    if (known.code() == ErrorCode.BAD_DATA || known.code() == ErrorCode.TOO_LARGE) {
      return Future.succeededFuture(TcpReply.last(""));
    }
    StringBuilder text = new StringBuilder();
    calls.forEach(
        call -> text.append(error(call, String.valueOf(known.getMessage())).encode()).append('\n'));
    return Future.succeededFuture(TcpReply.of(text.toString()));
  }
}
