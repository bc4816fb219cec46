package io.lookout.ingest.grpc;

import io.lookout.ingest.http.Answer;
import io.lookout.ingest.http.Reply;
import io.lookout.ingest.intake.Written;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How a call is answered: HTTP's status is always 200; a message comes with status OK in the
 * trailers, and a failure has its status in the headers and no body. What may be tried again says
 * so by a {@code google.rpc.RetryInfo}, without which clients of OTLP take RESOURCE_EXHAUSTED as
 * final.
 *
 * @param message what is answered where samples have been written
 */
public record GrpcReply(Function<Written, byte[]> message) implements Reply {
  static final String TYPE = "application/grpc";

  /** What fits into headers that clients take. */
  private static final int LONGEST = 1000;

  private static final int RETRY_SECONDS = 1;

  @Override
  public Answer written(Written written) {
    byte[] bytes = message.apply(written);
    Buffer body = Buffer.buffer(GrpcEnvelope.HEAD + bytes.length);
    body.appendByte((byte) 0).appendInt(bytes.length).appendBytes(bytes);
    return new Answer(200, TYPE, body, Map.of(), Map.of("grpc-status", "0"), 200);
  }

  @Override
  public Answer failed(int status, String text) {
    Code code = Code.ofHttp(status);
    String message = text.substring(0, Math.min(text.length(), LONGEST));
    Map<String, String> headers = new HashMap<>();
    headers.put("grpc-status", Integer.toString(code.number()));
    headers.put("grpc-message", percentEncoded(message));
    if (status == 415) {
      headers.put("grpc-accept-encoding", "identity,gzip,deflate,zstd");
    }
    if (status == 429 || status == 503) {
      byte[] details = StatusMessage.retryable(code, message, RETRY_SECONDS);
      headers.put(
          "grpc-status-details-bin", Base64.getEncoder().withoutPadding().encodeToString(details));
    }
    return new Answer(200, TYPE, Buffer.buffer(), headers, Map.of(), status);
  }

  /** Printable ASCII as it is, all else as the bytes of UTF-8 in hexadecimal digits. */
  static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%');
        encoded.append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
    return encoded.toString();
  }
}
