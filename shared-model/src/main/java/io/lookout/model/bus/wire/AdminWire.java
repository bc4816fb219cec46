package io.lookout.model.bus.wire;

import io.lookout.model.Matcher;
import io.lookout.model.bus.AdminRequest;
import io.lookout.model.bus.AdminRequest.Action;
import io.lookout.model.bus.AdminResult;
import io.lookout.model.bytes.MalformedBytesException;
import java.util.List;

/** {@link AdminRequest} and {@link AdminResult}. */
final class AdminWire {
  private AdminWire() {}

  static void write(AdminRequest request, WireOutput out) {
    out.bytes().putByte(code(request.action()));
    out.text(request.tenant());
    out.text(request.name());
    out.list(request.matcherSets(), out::matchers);
    out.bytes().putZigZag(request.minTime()).putZigZag(request.maxTime());
  }

  static AdminRequest readRequest(WireInput in) {
    Action action = action(in.bytes().readByte());
    String tenant = in.text();
    String name = in.text();
    List<List<Matcher>> sets = in.list(in::matchers);
    return new AdminRequest(
        action, tenant, name, sets, in.bytes().readZigZag(), in.bytes().readZigZag());
  }

  static void write(AdminResult result, WireOutput out) {
    out.bytes().putVarLong(result.samples());
  }

  static AdminResult readResult(WireInput in) {
    return new AdminResult(in.bytes().readVarLong());
  }

  private static int code(Action action) {
    return switch (action) {
      case FLUSH -> 0;
      case DELETE -> 1;
      case CLEAN -> 2;
      case SNAPSHOT -> 3;
    };
  }

  private static Action action(int code) {
    return switch (code) {
      case 0 -> Action.FLUSH;
      case 1 -> Action.DELETE;
      case 2 -> Action.CLEAN;
      case 3 -> Action.SNAPSHOT;
      default -> throw new MalformedBytesException("admin request of action " + code);
    };
  }
}
