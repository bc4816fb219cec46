package io.lookout.ingest.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.bus.WriteResult.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphiteDecoderTest {
  private static final long NOW = 1_700_000_000_000L;

  private final PointBatches batches = TestBatches.batches();

  private PointBatch decode(byte[] bytes) {
    return new GraphiteDecoder(batches, "t").decode(bytes, bytes.length, NOW);
  }

  private PointBatch decode(String lines) {
    return decode(lines.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> samples(String lines) {
    return TestBatches.samples(decode(lines));
  }

  @Test
  void pathsAreNamesAndTagsAreLabels() {
    for (int again = 0; again < 2; again++) {
      assertThat(
              samples(
                  """
                  servers.web01.load 0.42 1700000000
                  disk.used;host=web01;mount=/var/lib  12e9   1700000001.5\r
                  \tup 1 -1
                  größe;stadt=köln inf 1
                  """))
          .containsOnly(
              Map.entry("{\"servers.web01.load\"}", "0.42@1700000000000"),
              Map.entry(
                  "{\"disk.used\", host=\"web01\", mount=\"/var/lib\"}", "1.2E10@1700000001500"),
              Map.entry("up", "1.0@" + NOW),
              Map.entry("{\"größe\", stadt=\"köln\"}", "Infinity@1000"));
    }
  }

  @Test
  void theSameTagsInAnotherOrderAreTheSameSeries() {
    assertThat(samples("m;a=1;b=2 1 1\nm;b=2;a=1 2 2\n")).hasSize(1);
  }

  @Test
  void aLastLineNeedsNoLineFeed() {
    assertThat(samples("m 1 1")).hasSize(1);
    assertThat(samples("\n \r\n\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "m 1, malformed, a line is",
    "m, malformed, a line is",
    "m 1 2 3, malformed, a line is",
    "m x 1, invalid_value, the value is no number: 'm x 1'",
    "m nan 1, invalid_value, the value is no number",
    "m 0x10 1, invalid_value, the value is no number",
    "m 1 x, invalid_time, the time is not in seconds",
    "m 1 0, invalid_time, the time is not in seconds",
    "m 1 -2, invalid_time, the time is not in seconds",
    "m 1 nan, invalid_time, the time is not in seconds",
    "m 1 inf, invalid_time, the time is not in seconds",
    "m 1 1700000000000, invalid_time, the time is not in seconds",
    ";a=b 1 1, invalid_labels, there is no path",
    "m; 1 1, invalid_labels, a tag is 'name=value'",
    "m;a 1 1, invalid_labels, a tag is 'name=value'",
    "m;a= 1 1, invalid_labels, a tag is 'name=value'",
    "m;=b 1 1, invalid_labels, a tag is 'name=value'",
    "m;a=1;a=2 1 1, invalid_labels, duplicate label",
    "m;__name__=x 1 1, invalid_labels, duplicate label",
  })
  void badLinesAreNamedAndTheOthersCount(String line, String reason, String message) {
    PointBatch batch = decode("good 1 1\n" + line + "\nbetter 2 2\n");
    assertThat(TestBatches.samples(batch)).hasSize(2);
    Rejection refused = batch.rejections().list().getFirst();
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.message()).contains(message);
  }

  @Test
  void limitsOfLabelsHold() {
    assertThat(decode("m;a=" + "x".repeat(1 << 20) + " 1 1").rejections().text())
        .contains("ingest.labels.value.length is 1000");
    StringBuilder many = new StringBuilder("m");
    for (int i = 0; i < 10_000; i++) {
      many.append(";l").append(i).append("=v");
    }
    assertThat(decode(many + " 1 1").rejections().text()).contains("ingest.labels.count is 50");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] line = "m;a=? 1 1".getBytes(StandardCharsets.ISO_8859_1);
    line[4] = (byte) 0xff;
    assertThat(decode(line).rejections().text()).contains("not UTF-8");
  }

  @Test
  void survivesWhateverItIsGiven() {
    String good = "a.b;c=d;e=ü 1.5 1700000000\nx 1e5 -1\r\nlong.path.of.things 17 1700000000.25\n";
    TestBatches.fuzz(good.getBytes(StandardCharsets.UTF_8), 7, 20_000, this::decode);
  }
}
