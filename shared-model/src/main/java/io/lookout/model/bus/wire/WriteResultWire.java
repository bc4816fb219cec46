package io.lookout.model.bus.wire;

import io.lookout.model.bus.WriteResult;
import io.lookout.model.bus.WriteResult.Rejection;

/** A {@link WriteResult}. */
final class WriteResultWire {
  private WriteResultWire() {}

  static void write(WriteResult result, WireOutput out) {
    out.bytes().putVarLong(result.accepted());
    out.bytes().putVarLong(result.histograms());
    out.bytes().putVarLong(result.exemplars());
    out.list(
        result.rejections(),
        rejection -> {
          out.text(rejection.reason());
          out.bytes().putVarLong(rejection.samples());
          out.text(rejection.message());
        });
  }

  static WriteResult read(WireInput in) {
    int accepted = in.number();
    int histograms = in.number();
    int exemplars = in.number();
    return new WriteResult(
        accepted,
        histograms,
        exemplars,
        in.list(() -> new Rejection(in.text(), in.number(), in.text())));
  }
}
