package io.lookout.ingest.opentsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PutDecoderTest {
  private final PointBatches batches = TestBatches.batches();

  private PointBatch decode(byte[] bytes) {
    return new PutDecoder(batches, new PutErrors()).decode("t", bytes, bytes.length);
  }

  private PointBatch decode(String json) {
    return decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void secondsAndMillisecondsAreTold() {
    assertThat(
            TestBatches.samples(decode("{\"metric\":\"m\",\"timestamp\":1700000000,\"value\":1}")))
        .containsValue("1.0@1700000000000");
    assertThat(
            TestBatches.samples(
                decode("{\"metric\":\"m\",\"timestamp\":\"1700000000123\",\"value\":1}")))
        .containsValue("1.0@1700000000123");
    assertThat(
            TestBatches.samples(
                decode("{\"metric\":\"m\",\"timestamp\":1700000000.5,\"value\":1}")))
        .containsValue("1.0@1700000000500");
    for (String bad : new String[] {"0", "-1", "99999999999999", "1e30", "null", "{}", "\"x\""}) {
      assertThat(
              decode("{\"metric\":\"m\",\"timestamp\":" + bad + ",\"value\":1}")
                  .rejections()
                  .list())
          .singleElement()
          .satisfies(each -> assertThat(each.reason()).isEqualTo("invalid_time"));
    }
  }

  @Test
  void wrongTypesAreNamedAndTheRestCounts() {
    PointBatch batch =
        decode(
            """
            [{"metric":"a","timestamp":1700000000,"value":{"x":1}},
             {"metric":"b","timestamp":1700000000,"value":null},
             {"metric":"c","timestamp":1700000000},
             {"metric":"d","timestamp":1700000000,"value":3,"tags":["x"],"more":[{"y":{}}]},
             {"metric":"e","timestamp":1700000000,"value":2,"tags":{"":"x"}}]\
            """);
    assertThat(TestBatches.samples(batch).keySet()).containsExactly("d");
    assertThat(batch.rejections().samples()).isEqualTo(4);
    assertThat(batch.rejections().text()).contains("empty label name");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    for (String value : new String[] {"NaN", "\"NaN\"", "\"+Inf\"", "\"-Infinity\""}) {
      PointBatch batch =
          decode("{\"metric\":\"a\",\"timestamp\":1700000000,\"value\":" + value + "}");
      assertThat(batch.sampleCount()).as(value).isZero();
      assertThat(batch.rejections().text()).startsWith("value is NaN or Infinite: ");
    }
  }

  @Test
  void whatIsNoJsonIsRefusedAsAWhole() {
    for (String bad : new String[] {"", "[", "[1]", "\"x\"", "[{}] x", "[".repeat(1000)}) {
      assertThatThrownBy(() -> decode(bad)).isInstanceOf(LookoutException.class);
    }
  }

  @Test
  void survivesWhateverItIsGiven() {
    String good =
        "[{\"metric\":\"a.b\",\"timestamp\":1700000000,\"value\":\"1.5\",\"tags\":{\"h\":\"\\u4e2d\"}},"
            + "{\"metric\":\"w\",\"timestamp\":1700000000123,\"fields\":{\"a\":1,\"b\":true,\"c\":\"x\"}}]";
    TestBatches.fuzz(good.getBytes(StandardCharsets.UTF_8), 6, 20_000, this::decode);
  }
}
