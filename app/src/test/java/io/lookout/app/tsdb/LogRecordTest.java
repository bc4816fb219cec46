package io.lookout.app.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.bytes.MalformedBytesException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the kept data directory has no example of. */
class LogRecordTest {
  private final List<String> read = new ArrayList<>();

  private final LogVisitor visitor =
      new LogVisitor() {
        @Override
        public void metadata(long series, int type, String help, String unit) {
          read.add(series + " " + type + " " + help + " " + unit);
        }

        @Override
        public void unknown(int type) {
          read.add("unknown " + type);
        }
      };

  private static void text(ByteArrayOutputStream bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.write(utf8.length);
    bytes.writeBytes(utf8);
  }

  private static byte[] metadata() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(6);
    bytes.write(17);
    bytes.write(2);
    bytes.write(3);
    for (String text : List.of("UNIT", "bytes", "COLOUR", "blue", "HELP", "How much.")) {
      text(bytes, text);
    }
    return bytes.toByteArray();
  }

  @Test
  void metadataIsReadAndFieldsOfLaterVersionsPassedOver() {
    LogRecord.read(metadata(), visitor);

    assertThat(read).containsExactly("17 2 How much. bytes");
  }

  @Test
  void typesOfLaterVersionsAreTold() {
    LogRecord.read(new byte[] {11, 1, 2, 3}, visitor);

    assertThat(read).containsExactly("unknown 11");
  }

  @Test
  void markersOfChunksSayNothing() {
    LogRecord.read(new byte[17], visitor);
    LogRecord.read(new byte[] {5, 1, 2, 3}, visitor);

    assertThat(read).containsExactly("unknown 0");
  }

  @Test
  void everyCutIsMalformed() {
    byte[] whole = metadata();
    for (int length = 2; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> LogRecord.read(cut, visitor))
          .isInstanceOf(MalformedBytesException.class);
    }
    assertThatThrownBy(() -> LogRecord.read(new byte[0], visitor))
        .isInstanceOf(MalformedBytesException.class);
  }
}
