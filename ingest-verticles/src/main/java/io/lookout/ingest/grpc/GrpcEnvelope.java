package io.lookout.ingest.grpc;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.http.Body;
import io.lookout.ingest.http.Envelope;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
import java.util.Set;

/**
 * The one message of a unary call:
 *
 * <pre>
 *   byte   0          1 .. 4              5 ..
 *          compressed length, big-endian  message
 * </pre>
 *
 * <p>Header {@code grpc-encoding} says how a message is compressed whose first byte is 1.
 */
public final class GrpcEnvelope implements Envelope {
  /** What stands before a message. */
  static final int HEAD = 5;

  static final Set<ContentCoding> CODINGS =
      EnumSet.of(
          ContentCoding.IDENTITY, ContentCoding.GZIP, ContentCoding.DEFLATE, ContentCoding.ZSTD);

  @Override
  public ContentCoding coding(HttpServerRequest request) {
    return ContentCoding.of(request.getHeader("grpc-encoding"), ContentCoding.IDENTITY, CODINGS);
  }

  /** Moves the message to the beginning of the body. */
  @Override
  public Content open(ContentCoding coding, Body body) {
    byte[] bytes = body.bytes();
    if (body.length() < HEAD) {
      throw bad("call has no whole message, only " + body.length() + " bytes");
    }
    long declared = declaredLength(bytes);
    int length = body.length() - HEAD;
    if (declared > length) {
      throw bad("message of " + declared + " bytes is cut after " + length);
    }
    if (declared < length) {
      throw bad("call has more than one message");
    }
    if (bytes[0] != 0 && bytes[0] != 1) {
      throw bad("message has flag " + bytes[0] + ", which is neither 0 nor 1");
    }
    ContentCoding used = bytes[0] == 0 ? ContentCoding.IDENTITY : coding;
    if (bytes[0] == 1 && coding == ContentCoding.IDENTITY) {
      throw bad("message is compressed, and no grpc-encoding says how");
    }
    System.arraycopy(bytes, HEAD, bytes, 0, length);
    return new Content(used, bytes, length);
  }

  private static long declaredLength(byte[] bytes) {
    return (bytes[1] & 0xffL) << 24
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 8
        | (bytes[4] & 0xff);
  }

  private static LookoutException bad(String what) {
    return new LookoutException(ErrorCode.BAD_DATA, what);
  }
}
