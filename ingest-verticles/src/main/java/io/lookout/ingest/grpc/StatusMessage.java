package io.lookout.ingest.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code google.rpc.Status} as bytes of protobuf. */
public final class StatusMessage {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  private StatusMessage() {}

  /** Writes fields of a message. */
  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  /** A number of {@code google.rpc.Code} and a text. */
  public static byte[] of(int code, String text) {
    return message(
            out -> {
              out.writeInt32(1, code);
              out.writeString(2, text);
            })
        .toByteArray();
  }

  /** With a {@code google.rpc.RetryInfo} that says when to come again. */
  static byte[] retryable(Code code, String text, int seconds) {
    ByteString duration = message(out -> out.writeInt64(1, seconds));
    ByteString info = message(out -> out.writeBytes(1, duration));
    ByteString any =
        message(out -> {
          out.writeString(1, RETRY_INFO);
          out.writeBytes(2, info);
        });
    return message(
            out -> {
              out.writeInt32(1, code.number());
              out.writeString(2, text);
              out.writeBytes(3, any);
            })
        .toByteArray();
  }

  private static ByteString message(Fields fields) {
    try {
      ByteString.Output bytes = ByteString.newOutput();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
