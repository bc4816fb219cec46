package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;
import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.ingest.series.SeriesIndex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Labels as remote write 2.0 has them: pairs of references to symbols. Not thread-safe. */
final class References {
  private static final int HASH_BYTES = 16;

  /** Larger arrays are not kept for the next series. */
  private static final int KEPT = 1 << 12;

  private final Symbols symbols;
  private final LabelPairs pairs = new LabelPairs();
  private int[] references = new int[64];
  private byte[] hashes = new byte[64 * HASH_BYTES];
  private int size;

  References(Symbols symbols) {
    this.symbols = symbols;
  }

  void clear() {
    size = 0;
    if (references.length > KEPT) {
      references = new int[64];
      hashes = new byte[64 * HASH_BYTES];
    }
  }

  /** Reads {@code repeated uint32 labels_refs = 1}, packed or not; says whether it was that. */
  boolean read(ProtoReader in, int tag) {
    switch (tag) {
      case 1 << 3 | VARINT -> add(in.varint());
      case 1 << 3 | LENGTH_DELIMITED -> {
        int outer = in.enter();
        while (in.hasMore()) {
          add(in.varint());
        }
        in.leave(outer);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(long reference) {
    if (size == references.length) {
      references = Arrays.copyOf(references, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2 * HASH_BYTES);
    }
    references[size++] = (int) reference;
  }

  /** What is wrong with the references themselves, or null. */
  @Nullable String problem() {
    if (size % 2 != 0) {
      return "odd number of label references: " + size;
    }
    for (int i = 0; i < size; i++) {
      if (references[i] < 0 || references[i] >= symbols.size()) {
        return "label reference "
            + Integer.toUnsignedString(references[i])
            + " where there are "
            + symbols.size()
            + " symbols";
      }
    }
    return null;
  }

  /** The hash of the labels. To be asked after the question for problems. */
  HashValue128 hash(SeriesIndex index) {
    for (int i = 0; i < size; i++) {
      symbols.copyHash(references[i], hashes, i * HASH_BYTES);
    }
    return index.hash(hashes, 0, size * HASH_BYTES);
  }

  /** The labels, or null where one of them is not UTF-8. */
  @Nullable LabelPairs parse() {
    pairs.clear();
    for (int i = 0; i < size; i += 2) {
      String name = symbols.text(references[i]);
      String value = symbols.text(references[i + 1]);
      pairs.add(name == null ? "\uFFFD" : name, value == null ? "\uFFFD" : value);
      if (name == null || value == null) {
        return null;
      }
    }
    return pairs;
  }

  /** The labels that were parsed, for an error message. */
  String shown() {
    return pairs.shown();
  }

  /** The symbol of the metric's name, or −1. */
  int metricName() {
    for (int i = 0; i < size; i += 2) {
      if (symbols.isMetricName(references[i])) {
        return references[i + 1];
      }
    }
    return -1;
  }
}
