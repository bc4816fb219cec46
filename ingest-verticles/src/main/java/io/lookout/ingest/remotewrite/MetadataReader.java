package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.bus.MetricMetadata;
import org.jspecify.annotations.Nullable;

/** Reads the message {@code MetricMetadata} of remote write 1.0. Not thread-safe. */
final class MetadataReader {
  private static final String[] TYPES = {
    "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"
  };

  private final StringPool strings;

  MetadataReader(StringPool strings) {
    this.strings = strings;
  }

  /** As Prometheus's API writes the type of this number; both versions number them alike. */
  static String type(long number) {
    return number >= 0 && number < TYPES.length ? TYPES[(int) number] : TYPES[0];
  }

  /**
   * The entry that begins with its length here; null where it names no family or is not UTF-8:
   * metadata is not worth refusing samples for.
   */
  @Nullable MetricMetadata read(ProtoReader in) {
    long type = 0;
    String family = "";
    String help = "";
    String unit = "";
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> type = in.varint();
        case 2 << 3 | LENGTH_DELIMITED -> family = text(in);
        case 4 << 3 | LENGTH_DELIMITED -> help = text(in);
        case 5 << 3 | LENGTH_DELIMITED -> unit = text(in);
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    return family == null || family.isEmpty() || help == null || unit == null
        ? null
        : new MetricMetadata(family, type(type), help, unit);
  }

  private @Nullable String text(ProtoReader in) {
    int length = in.length();
    int from = in.position();
    in.position(from + length);
    return strings.decode(in.bytes(), from, from + length);
  }
}
