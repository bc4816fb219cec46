package io.lookout.ingest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.IOException;

/**
 * Opens bodies for the streaming parser. Bare {@code NaN} and {@code Infinity} are numbers, because
 * some senders write them.
 */
public final class JsonBody {
  /** No sender of metrics nests deeper. */
  private static final int DEEPEST = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(4 << 20)
                  .build())
          .build();

  private JsonBody() {}

  /** What is done with a parser. */
  @FunctionalInterface
  public interface Reader {
    void read(JsonParser parser) throws IOException;
  }

  /**
   * Reads {@code bytes[from..to)}.
   *
   * @throws LookoutException {@code BAD_DATA} for what is no JSON
   */
  public static void read(byte[] bytes, int from, int to, Reader reader) {
    try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
      reader.read(parser);
    } catch (IOException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "body is not JSON: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  public static LookoutException unexpected(String what) {
    return new LookoutException(ErrorCode.BAD_DATA, what);
  }
}
