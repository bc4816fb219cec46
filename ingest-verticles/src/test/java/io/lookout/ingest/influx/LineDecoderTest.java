package io.lookout.ingest.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineDecoderTest {
  private static final long NOW = 1_700_000_000_000L;

  private final PointBatches batches = TestBatches.batches();

  private PointBatch decode(String lines, Precision precision) {
    return decode(lines.getBytes(StandardCharsets.UTF_8), precision);
  }

  private PointBatch decode(byte[] bytes, Precision precision) {
    LineDecoder.Target target = new LineDecoder.Target("t", "db1", precision, NOW);
    return new LineDecoder(batches, target).decode(bytes, bytes.length);
  }

  private Map<String, String> samples(String lines) {
    return TestBatches.samples(decode(lines, Precision.NANOSECONDS));
  }

  private String problem(String line) {
    return decode(line, Precision.NANOSECONDS).rejections().text();
  }

  @Test
  void eachFieldIsASample() {
    for (int again = 0; again < 2; again++) {
      assertThat(samples("cpu,host=a idle=1.5,n=3i,u=7u,ok=t,value=2 1700000000123456789\n"))
          .containsOnly(
              Map.entry("cpu{db=\"db1\", host=\"a\"}", "2.0@1700000000123"),
              Map.entry("cpu_idle{db=\"db1\", host=\"a\"}", "1.5@1700000000123"),
              Map.entry("cpu_n{db=\"db1\", host=\"a\"}", "3.0@1700000000123"),
              Map.entry("cpu_ok{db=\"db1\", host=\"a\"}", "1.0@1700000000123"),
              Map.entry("cpu_u{db=\"db1\", host=\"a\"}", "7.0@1700000000123"));
    }
  }

  @Test
  void escapesAndQuotesAreRead() {
    assertThat(samples("a\\ b,c\\,d=e\\=f note=\"x, y=1 z\\\"\\n\",v\\ 1=-2e3\n"))
        .containsOnly(Map.entry("{\"a b_v 1\", \"c,d\"=\"e=f\", db=\"db1\"}", "-2000.0@" + NOW));
    assertThat(samples("m text=\"two\nlines\",value=1")).hasSize(1);
  }

  @Test
  void timesHaveTheirPrecision() {
    assertThat(TestBatches.samples(decode("m value=1 1700000000", Precision.SECONDS)))
        .containsValue("1.0@" + NOW);
    assertThat(TestBatches.samples(decode("m value=1 -1500", Precision.MICROSECONDS)))
        .containsValue("1.0@-2");
    assertThat(decode("m value=1 9223372036854775807", Precision.HOURS).rejections().text())
        .contains("time outside range");
  }

  @Test
  void badLinesAreNamed() {
    assertThat(problem("bad line here x")).contains("'bad line here x': invalid field format");
    assertThat(problem("cpu value=NaN")).contains("invalid number");
    assertThat(problem("cpu value=1e999")).contains("invalid float");
    assertThat(problem("cpu value=12x")).contains("invalid number");
    assertThat(problem("cpu value=tru")).contains("invalid boolean");
    assertThat(problem("cpu,a=1,a=2 value=1")).contains("duplicate tags");
    assertThat(problem("cpu value=18446744073709551616u")).contains("value out of range");
    assertThat(problem("cpu value=maybe")).contains("invalid boolean");
    assertThat(problem("cpu value=")).contains("missing field value");
    assertThat(problem("cpu value=\"open")).contains("unbalanced quotes");
    assertThat(problem("cpu")).contains("missing fields");
    assertThat(problem(",a=b value=1")).contains("missing measurement");
    assertThat(problem("cpu,a= value=1")).contains("missing tag value");
    assertThat(problem("cpu,=b value=1")).contains("missing tag key");
    assertThat(problem("cpu value=1 soon")).contains("bad timestamp");
    assertThat(problem("cpu,a=1,a=2 value=1")).contains("duplicate tags");
    assertThat(problem("cpu,a=" + "x".repeat(1 << 20) + " value=1"))
        .contains("ingest.labels.value.length is 1000");
    assertThat(problem("# comment\n\n  \n")).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] line = "cpu,a=? value=1".getBytes(StandardCharsets.ISO_8859_1);
    line[6] = (byte) 0xff;
    assertThat(decode(line, Precision.SECONDS).rejections().text()).contains("not UTF-8");
  }

  @Test
  void moreThanTheLimitIsTooLarge() {
    assertThatThrownBy(() -> decode("m value=1\n".repeat(2000), Precision.SECONDS))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining("more than 1000 samples");
  }

  @Test
  void survivesWhateverItIsGiven() {
    String good =
        "cpu\\ x,host=a\\,b,dc=c idle=1.5,t=\"q\\\"w\",n=3i 1700000000123456789\nm value=f\n";
    TestBatches.fuzz(
        good.getBytes(StandardCharsets.UTF_8),
        5,
        20_000,
        bytes -> decode(bytes, Precision.NANOSECONDS));
  }
}
