package io.lookout.model.bus.wire;

import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.bus.LabelQuery;
import io.lookout.model.bus.LabelResult;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bytes.MalformedBytesException;
import java.util.List;

/** {@link LabelQuery} and {@link LabelResult}. */
final class LabelWire {
  private LabelWire() {}

  static void write(LabelQuery query, WireOutput out) {
    out.bytes().putByte(code(query.kind()));
    out.text(query.tenant());
    out.text(query.label());
    out.list(query.matcherSets(), out::matchers);
    out.bytes().putZigZag(query.minTime()).putZigZag(query.maxTime()).putVarLong(query.limit());
    SharedReadWire.write(query.shared(), out);
  }

  static LabelQuery readQuery(WireInput in) {
    LabelQuery.Kind kind = kind(in.bytes().readByte());
    String tenant = in.text();
    String label = in.text();
    List<List<Matcher>> matcherSets = in.list(in::matchers);
    return new LabelQuery(
        kind,
        tenant,
        label,
        matcherSets,
        in.bytes().readZigZag(),
        in.bytes().readZigZag(),
        in.number(),
        SharedReadWire.read(in));
  }

  private static int code(LabelQuery.Kind kind) {
    return switch (kind) {
      case NAMES -> 0;
      case VALUES -> 1;
      case SERIES -> 2;
      case METADATA -> 3;
    };
  }

  private static LabelQuery.Kind kind(int code) {
    return switch (code) {
      case 0 -> LabelQuery.Kind.NAMES;
      case 1 -> LabelQuery.Kind.VALUES;
      case 2 -> LabelQuery.Kind.SERIES;
      case 3 -> LabelQuery.Kind.METADATA;
      default -> throw new MalformedBytesException("label query of kind " + code);
    };
  }

  static void write(LabelResult result, WireOutput out) {
    out.list(result.strings(), out::text);
    out.list(result.series(), out::labels);
    out.list(result.metadata(), entry -> MetadataWire.write(entry, out));
    out.flag(result.truncated());
  }

  static LabelResult readResult(WireInput in) {
    List<String> strings = in.list(in::text);
    List<Labels> series = in.list(in::labels);
    List<MetricMetadata> metadata = in.list(() -> MetadataWire.read(in));
    return new LabelResult(strings, series, metadata, in.flag());
  }
}
