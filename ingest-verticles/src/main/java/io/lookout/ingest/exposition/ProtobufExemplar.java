package io.lookout.ingest.exposition;

import static io.lookout.ingest.protobuf.ProtoReader.FIXED64;
import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.RawLabels;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.Labels;
import io.lookout.model.bus.Exemplar;
import java.util.List;

/** Reads messages {@code Exemplar}, and the timestamps in them and elsewhere. Not thread-safe. */
final class ProtobufExemplar {
  private final RawLabels labels;

  ProtobufExemplar(StringPool strings) {
    labels = new RawLabels(strings);
  }

  /** The exemplar that begins with its length here; none where its labels are not acceptable. */
  List<Exemplar> read(ProtoReader in) {
    int outer = in.enter();
    int begin = in.position();
    double value = 0;
    long time = Long.MIN_VALUE;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 2 << 3 | FIXED64 -> value = in.float64();
        case 3 << 3 | LENGTH_DELIMITED -> time = timestamp(in);
        default -> in.skip(tag);
      }
    }
    labels.gather(in.bytes(), begin, in.limit());
    in.leave(outer);
    Labels parsed = labels.parseExemplar();
    return parsed == null ? List.of() : List.of(new Exemplar(parsed, value, time));
  }

  /** A {@code google.protobuf.Timestamp} that begins with its length here, in ms. */
  long timestamp(ProtoReader in) {
    int outer = in.enter();
    long seconds = 0;
    long nanos = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> seconds = in.varint();
        case 2 << 3 | VARINT -> nanos = in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    return seconds * 1000 + Math.floorDiv(nanos, 1_000_000L);
  }
}
