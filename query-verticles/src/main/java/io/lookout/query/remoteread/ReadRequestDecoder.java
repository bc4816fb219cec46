package io.lookout.query.remoteread;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.query.remoteread.ReadRequest.ReadQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code prometheus.ReadRequest} of {@code prompb/remote.proto}, compressed with snappy.
 * Unknown fields are skipped.
 */
public final class ReadRequestDecoder {
  /** Far enough from the ends of 64 bits that arithmetic cannot overflow. */
  private static final long MAX_MILLIS = 1L << 53;

  private static final int VARINT = WireFormat.WIRETYPE_VARINT;
  private static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SAMPLES = 0;
  private static final int STREAMED_XOR_CHUNKS = 1;

  private final int maxBytes;
  private final int maxQueries;

  /**
   * @param maxBytes that a request may have when decompressed
   * @param maxQueries that a request may have
   */
  public ReadRequestDecoder(int maxBytes, int maxQueries) {
    this.maxBytes = maxBytes;
    this.maxQueries = maxQueries;
  }

  /** Reads one field of a message. */
  private interface Field {
    /** Whether the field is known; if so it has been read. */
    boolean read(int tag) throws IOException;
  }

  /**
   * @throws LookoutException {@code BAD_DATA} for what is no such request, {@code TOO_LARGE} for
   *     one that is beyond the limits
   */
  public ReadRequest decode(byte[] compressed) {
    CodedInputStream in = CodedInputStream.newInstance(SnappyBody.decompress(compressed, maxBytes));
    List<ReadQuery> queries = new ArrayList<>();
    List<Integer> accepted = new ArrayList<>();
    try {
      fields(in, tag -> request(in, tag, queries, accepted));
    } catch (IOException e) {
      throw bad("body is no read request: " + e.getMessage(), e);
    }
    return new ReadRequest(queries, isStreamed(accepted));
  }

  private boolean request(
      CodedInputStream in, int tag, List<ReadQuery> queries, List<Integer> accepted)
      throws IOException {
    switch (tag) {
      case 1 << 3 | LENGTH -> {
        if (queries.size() == maxQueries) {
          throw new LookoutException(
              ErrorCode.TOO_LARGE,
              "a request may have query.read.queries.max (" + maxQueries + ") queries");
        }
        queries.add(query(in));
      }
      case 2 << 3 | VARINT -> accepted.add(in.readEnum());
      case 2 << 3 | LENGTH ->
          nested(
              in,
              () -> {
                while (!in.isAtEnd()) {
                  accepted.add(in.readEnum());
                }
              });
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The first type of the client's list that is known; samples where it has no list. */
  private static boolean isStreamed(List<Integer> accepted) {
    for (int type : accepted) {
      if (type == SAMPLES || type == STREAMED_XOR_CHUNKS) {
        return type == STREAMED_XOR_CHUNKS;
      }
    }
    if (!accepted.isEmpty()) {
      throw bad(
          "server does not support any of the requested response types: "
              + accepted
              + "; supported: [SAMPLES, STREAMED_XOR_CHUNKS]",
          null);
    }
    return false;
  }

  private static ReadQuery query(CodedInputStream in) throws IOException {
    long[] times = new long[2];
    List<Matcher> matchers = new ArrayList<>();
    message(
        in,
        tag -> {
          switch (tag) {
            case 1 << 3 | VARINT -> times[0] = clamped(in.readInt64());
            case 2 << 3 | VARINT -> times[1] = clamped(in.readInt64());
            case 3 << 3 | LENGTH -> matchers.add(matcher(in));
            default -> {
              return false;
            }
          }
          return true;
        });
    if (matchers.isEmpty()) {
      throw bad("a query has no matchers", null);
    }
    return new ReadQuery(times[0], times[1], List.copyOf(matchers));
  }

  private static long clamped(long millis) {
    return Math.clamp(millis, -MAX_MILLIS, MAX_MILLIS);
  }

  private static Matcher matcher(CodedInputStream in) throws IOException {
    int[] type = new int[1];
    String[] text = {"", ""};
    message(
        in,
        tag -> {
          switch (tag) {
            case 1 << 3 | VARINT -> type[0] = in.readEnum();
            case 2 << 3 | LENGTH -> text[0] = in.readStringRequireUtf8();
            case 3 << 3 | LENGTH -> text[1] = in.readStringRequireUtf8();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Matcher(type(type[0]), text[0], text[1]);
  }

  private static Matcher.Type type(int code) {
    return switch (code) {
      case 0 -> Matcher.Type.EQUAL;
      case 1 -> Matcher.Type.NOT_EQUAL;
      case 2 -> Matcher.Type.REGEX;
      case 3 -> Matcher.Type.NOT_REGEX;
      default -> throw bad("invalid matcher type " + code, null);
    };
  }

  private static void message(CodedInputStream in, Field field) throws IOException {
    nested(in, () -> fields(in, field));
  }

  private static void fields(CodedInputStream in, Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.read(tag) && !in.skipField(tag)) {
        throw bad("body is no read request: a group ends that has not begun", null);
      }
    }
  }

  /** Reads within a length. */
  private interface Content {
    void read() throws IOException;
  }

  /** The stream checks the length against what there is, and that nothing reads beyond it. */
  private static void nested(CodedInputStream in, Content content) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    content.read();
    in.popLimit(outer);
  }

  private static LookoutException bad(String message, @Nullable Exception cause) {
    return cause == null
        ? new LookoutException(ErrorCode.BAD_DATA, message)
        : new LookoutException(ErrorCode.BAD_DATA, message, cause);
  }
}
