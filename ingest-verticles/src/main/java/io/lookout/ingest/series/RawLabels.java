package io.lookout.ingest.series;

import static io.lookout.ingest.protobuf.ProtoReader.LENGTH_DELIMITED;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.model.Labels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one series as protobuf fields, repeated {@code Label labels = 1}, in one piece. Not
 * thread-safe.
 */
public final class RawLabels {
  private static final int LABEL = 1 << 3 | LENGTH_DELIMITED;
  private static final int NAME = 1 << 3 | LENGTH_DELIMITED;
  private static final int VALUE = 2 << 3 | LENGTH_DELIMITED;

  /** An exemplar's names and values together, in characters: the limit of OpenMetrics. */
  private static final int EXEMPLAR_LENGTH = 128;

  /** Larger buffers are not kept for the next series. */
  private static final int KEPT = 1 << 16;

  private final StringPool strings;
  private final LabelPairs pairs = new LabelPairs();
  private final ProtoReader in = new ProtoReader();
  private byte[] gathered = new byte[256];

  private byte[] bytes = gathered;
  private int from;
  private int to;

  public RawLabels(StringPool strings) {
    this.strings = strings;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** These bytes are label fields and nothing else. */
  public void of(byte[] newBytes, int newFrom, int newTo) {
    bytes = newBytes;
    from = newFrom;
    to = newTo;
  }

  /** Picks the label fields out of a message that has others between them. */
  public void gather(byte[] message, int begin, int end) {
    in.reset(message, begin, end);
    if (gathered.length > KEPT) {
      gathered = new byte[256];
    }
    int size = 0;
    while (in.hasMore()) {
      int fieldBegin = in.position();
      int tag = in.tag();
      in.skip(tag);
      if (tag == LABEL) {
        int length = in.position() - fieldBegin;
        if (size + length > gathered.length) {
          gathered = Arrays.copyOf(gathered, Math.max(size + length, gathered.length * 2));
        }
        System.arraycopy(message, fieldBegin, gathered, size, length);
        size += length;
      }
    }
    of(gathered, 0, size);
  }

  /**
   * Parses the labels.
   *
   * @return null where one of them is not UTF-8
   */
  @Nullable LabelPairs parse() {
    pairs.clear();
    return parseInto(pairs) ? pairs : null;
  }

  /** Adds the labels; false where one of them is not UTF-8. */
  public boolean parseInto(LabelPairs into) {
    in.reset(bytes, from, to);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag != LABEL) {
        in.skip(tag);
      } else if (!label(into)) {
        return false;
      }
    }
    return true;
  }

  private boolean label(LabelPairs into) {
    String name = "";
    String value = "";
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case NAME -> name = text();
        case VALUE -> value = text();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    if (name == null || value == null) {
      into.add(name == null ? "\uFFFD" : name, value == null ? "\uFFFD" : value);
      return false;
    }
    into.add(name, value);
    return true;
  }

  private @Nullable String text() {
    int length = in.length();
    int begin = in.position();
    in.position(begin + length);
    return strings.decode(bytes, begin, begin + length);
  }

  /** The labels that were parsed, up to and including one that is not UTF-8. */
  String shown() {
    return pairs.shown();
  }

  /** As the labels of an exemplar; null where they are none. */
  public @Nullable Labels parseExemplar() {
    LabelPairs parsed = parse();
    return parsed == null ? null : ofExemplar(parsed);
  }

  /** The labels as those of an exemplar; null where they are invalid or too long. */
  public static @Nullable Labels ofExemplar(LabelPairs pairs) {
    if (pairs.problemOfNames() != null) {
      return null;
    }
    Labels labels = pairs.build();
    int length = 0;
    for (int i = 0; i < labels.size(); i++) {
      length += labels.name(i).length() + labels.value(i).length();
    }
    return length > EXEMPLAR_LENGTH ? null : labels;
  }
}
