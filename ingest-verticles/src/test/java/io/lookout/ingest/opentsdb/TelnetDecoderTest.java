package io.lookout.ingest.opentsdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.TestBatches;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnetDecoderTest {
  private final TelnetDecoder decoder =
      new TelnetDecoder(TestBatches.batches(), "t", word -> "<" + word + ">\n");

  private PointBatch decode(byte[] bytes) {
    return decoder.decode(bytes, bytes.length);
  }

  private PointBatch decode(String lines) {
    return decode(lines.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesOfCollectdAndOthersAreRead() {
    for (int again = 0; again < 2; again++) {
      assertThat(
              TestBatches.samples(
                  decode(
                      """
                      put load.load.shortterm 1795290972 2.6962890625 fqdn=h1  dc=bj
                      put sys.cpu.user 1356998400500 -42.5e1 host=web01 cpu=0\r
                      put größe 1356998400 1 stadt=köln
                      put bare 1356998400 7
                      """)))
          .containsOnly(
              Map.entry(
                  "{\"load.load.shortterm\", dc=\"bj\", fqdn=\"h1\"}",
                  "2.6962890625@1795290972000"),
              Map.entry("{\"sys.cpu.user\", cpu=\"0\", host=\"web01\"}", "-425.0@1356998400500"),
              Map.entry("{\"größe\", stadt=\"köln\"}", "1.0@1356998400000"),
              Map.entry("bare", "7.0@1356998400000"));
      assertThat(decoder.replies()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "put,not enough arguments (need least 3, got 0)",
    "put m,got 1",
    "put m 1,got 2",
    "put m yesterday 1 a=b,Invalid timestamp: yesterday",
    "put m -1 1 a=b,Invalid timestamp: -1",
    "put m 99999999999999 1 a=b,Invalid timestamp",
    "put m 1 one a=b,put: invalid value",
    "put m 1 1 a,invalid tag: a",
    "put m 1 1 =b,invalid tag: =b",
    "put m 1 1 a=,invalid tag: a="
  })
  void whatIsWrongIsRepliedTo(String line, String reply) {
    PointBatch batch = decode(line + "\nput good 1 1\n");

    assertThat(decoder.replies()).startsWith("put: ").contains(reply).endsWith("\n");
    assertThat(batch.rejections().samples()).isEqualTo(1);
    assertThat(batch.sampleCount()).isEqualTo(1);
  }

  @Test
  void otherWordsAreCommandsAndNothingIsReadBehindExit() {
    PointBatch batch = decode("version\n\nput m 1 1\n  nonsense a b\nexit\nput m 2 2\n");

    assertThat(decoder.replies()).isEqualTo("<version>\n<nonsense>\n");
    assertThat(decoder.exits()).isTrue();
    assertThat(batch.sampleCount()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] line = "put m 1 1 a=xx\n".getBytes(StandardCharsets.US_ASCII);
    line[12] = (byte) 0xff;

    assertThat(decode(line).sampleCount()).isZero();
    assertThat(decoder.replies()).contains("not UTF-8");
  }

  @Test
  void repliesAreBounded() {
    decode("put\n".repeat(100_000));

    assertThat(decoder.replies().length()).isLessThan(20 << 10);
  }

  @Test
  void survivesWhateverItIsGiven() {
    byte[] good =
        "put sys.cpu 1356998400 4.5 host=ä b=c\nversion\n".getBytes(StandardCharsets.UTF_8);
    TestBatches.fuzz(good, 21, 20_000, this::decode);
  }
}
