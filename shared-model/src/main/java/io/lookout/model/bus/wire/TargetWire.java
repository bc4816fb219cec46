package io.lookout.model.bus.wire;

import io.lookout.model.bus.TargetQuery;
import io.lookout.model.bus.TargetReport;
import io.lookout.model.bus.TargetReport.Active;
import io.lookout.model.bus.TargetReport.Dropped;

/** {@link TargetQuery} and {@link TargetReport}. */
final class TargetWire {
  private TargetWire() {}

  static void write(TargetQuery query, WireOutput out) {
    out.text(query.pool());
    out.flag(query.metadata());
  }

  static TargetQuery readQuery(WireInput in) {
    return new TargetQuery(in.text(), in.flag());
  }

  static void write(TargetReport report, WireOutput out) {
    out.list(report.pools(), out::text);
    out.list(report.active(), active -> write(active, out));
    out.list(report.dropped(), dropped -> write(dropped, out));
  }

  static TargetReport readReport(WireInput in) {
    return new TargetReport(
        in.list(in::text), in.list(() -> readActive(in)), in.list(() -> readDropped(in)));
  }

  private static void write(Active active, WireOutput out) {
    out.text(active.pool());
    out.text(active.url());
    out.labels(active.discovered());
    out.labels(active.labels());
    out.text(active.health());
    out.text(active.lastError());
    out.bytes().putLong(active.lastScrape());
    out.bytes().putLong(Double.doubleToRawLongBits(active.lastSeconds()));
    out.text(active.interval());
    out.text(active.timeout());
    out.list(active.metadata(), entry -> MetadataWire.write(entry, out));
  }

  private static Active readActive(WireInput in) {
    return new Active(
        in.text(),
        in.text(),
        in.labels(),
        in.labels(),
        in.text(),
        in.text(),
        in.bytes().readLong(),
        Double.longBitsToDouble(in.bytes().readLong()),
        in.text(),
        in.text(),
        in.list(() -> MetadataWire.read(in)));
  }

  private static void write(Dropped dropped, WireOutput out) {
    out.text(dropped.pool());
    out.bytes().putVarLong(dropped.count());
    out.list(dropped.discovered(), out::labels);
  }

  private static Dropped readDropped(WireInput in) {
    return new Dropped(in.text(), in.number(), in.list(in::labels));
  }
}
