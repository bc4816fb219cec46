package io.lookout.app.tsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.histogram.NativeHistogram;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
        public void sample(long series, long time, long startTime, double value) {
          read.add(series + " " + time + " " + startTime + " " + value);
        }

        @Override
        public void sample(long series, long time, long startTime, NativeHistogram histogram) {
          read.add(
              series
                  + " "
                  + time
                  + " "
                  + startTime
                  + " "
                  + histogram.schema()
                  + " "
                  + histogram.count()
                  + " "
                  + Arrays.toString(histogram.positiveBuckets())
                  + " "
                  + Arrays.toString(histogram.customValues()));
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
    LogRecord.read(new byte[] {15, 1, 2, 3}, visitor);

    assertThat(read).containsExactly("unknown 15");
  }

  @Test
  void markersOfChunksSayNothing() {
    LogRecord.read(new byte[17], visitor);
    LogRecord.read(new byte[] {5, 1, 2, 3}, visitor);

    assertThat(read).containsExactly("unknown 0");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** Number 5 at 1,000 since 100, then at once, without a start, 4 since 100 - 3, twice. */
  private static final byte[] STARTED =
      bytes(
          "0b  0a d00f c801 3ff0000000000000" // 5, 1000, 100, 1.0
              + " 02 1e 01 4000000000000000" // 6, 1015, the same, 2.0
              + " 03 1e 00 4008000000000000" // 4, 1015, none, 3.0
              + " 00 3c 02 05 4010000000000000" // 4, 1030, 97, 4.0
              + " 00 5a 01 4014000000000000"); // 4, 1045, the same, 5.0

  /** Two of integers: exponential buckets, then custom ones. */
  private static final byte[] STARTED_HISTOGRAMS =
      bytes(
          "0c  02 14 0a" // 1, 10, 5
              + " 00 06 3f50624dd2f1a9fc 01 06 4024000000000000" // schema 3, zeros 1, count 6
              + " 01 00 02  00  02 04 02  00" // one span of two: 2, 3
              + " 02 14 01" // 2, 20, the same
              + " 00 69 0000000000000000 00 03 4024000000000000" // schema -53, count 3
              + " 01 00 02  00  02 02 02  00  01 3fe0000000000000"); // 1, 2; one bound

  @Test
  void samplesTellWhenTheyStarted() {
    LogRecord.read(STARTED, visitor);

    assertThat(read)
        .containsExactly(
            "5 1000 100 1.0", "6 1015 100 2.0", "4 1015 0 3.0", "4 1030 97 4.0", "4 1045 97 5.0");
  }

  @Test
  void histogramsTellWhenTheyStarted() {
    LogRecord.read(STARTED_HISTOGRAMS, visitor);
    LogRecord.read(
        bytes(
            "0d  02 14 0a" // 1, 10, 5
                + " 00 06 3f50624dd2f1a9fc 3ff0000000000000 4018000000000000 4024000000000000"
                + " 01 00 01  00  01 4014000000000000  00"),
        visitor);
    LogRecord.read(new byte[] {11}, visitor);
    LogRecord.read(new byte[] {12}, visitor);

    assertThat(read)
        .containsExactly(
            "1 10 5 3 6.0 [2.0, 3.0] []",
            "2 20 5 -53 3.0 [1.0, 2.0] [0.5]",
            "1 10 5 3 6.0 [5.0] []");
  }

  @Test
  void theTimeOfACheckpointIsKnownFromBlocks() {
    LogRecord.read(bytes("0e 00000000000003e8"), visitor);

    assertThat(read).isEmpty();
    assertThatThrownBy(() -> LogRecord.read(bytes("0e 00000000000003e8 00"), visitor))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void everyCutWithinASampleIsMalformed() {
    for (int length = 2; length < 14; length++) {
      byte[] cut = Arrays.copyOf(STARTED, length);
      assertThatThrownBy(() -> LogRecord.read(cut, visitor))
          .isInstanceOf(MalformedBytesException.class);
    }
    for (int length = 2; length < 32; length++) {
      byte[] cut = Arrays.copyOf(STARTED_HISTOGRAMS, length);
      assertThatThrownBy(() -> LogRecord.read(cut, visitor))
          .isInstanceOf(MalformedBytesException.class);
    }
    assertThat(read).isEmpty();
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
