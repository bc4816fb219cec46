package io.lookout.model.bus.wire;

import io.lookout.model.bus.HeadQuery;
import io.lookout.model.bus.HeadResult;
import io.lookout.model.bus.HeadResult.Count;
import io.lookout.model.bytes.ByteReader;
import java.util.List;

/** {@link HeadQuery} and {@link HeadResult}. */
final class HeadWire {
  private HeadWire() {}

  static void write(HeadQuery query, WireOutput out) {
    out.text(query.tenant());
    out.bytes().putVarLong(query.limit());
  }

  static HeadQuery readQuery(WireInput in) {
    return new HeadQuery(in.text(), in.number());
  }

  static void write(HeadResult result, WireOutput out) {
    out.bytes()
        .putVarLong(result.series())
        .putVarLong(result.chunks())
        .putVarLong(result.labelPairs())
        .putZigZag(result.minTime())
        .putZigZag(result.maxTime());
    counts(result.seriesByMetric(), out);
    counts(result.valuesByLabel(), out);
    counts(result.bytesByLabel(), out);
    counts(result.seriesByPair(), out);
  }

  private static void counts(List<Count> counts, WireOutput out) {
    out.list(
        counts,
        each -> {
          out.text(each.name());
          out.bytes().putVarLong(each.count());
        });
  }

  static HeadResult readResult(WireInput in) {
    ByteReader bytes = in.bytes();
    return new HeadResult(
        bytes.readVarLong(),
        bytes.readVarLong(),
        bytes.readVarLong(),
        bytes.readZigZag(),
        bytes.readZigZag(),
        counts(in),
        counts(in),
        counts(in),
        counts(in));
  }

  private static List<Count> counts(WireInput in) {
    return in.list(() -> new Count(in.text(), in.bytes().readVarLong()));
  }
}
