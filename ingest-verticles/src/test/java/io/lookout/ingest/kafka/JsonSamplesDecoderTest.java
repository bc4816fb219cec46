package io.lookout.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteResult.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSamplesDecoderTest {
  private final JsonSamplesDecoder decoder = new JsonSamplesDecoder(TestBatches.batches());

  private PointBatch decode(byte[] bytes) {
    return decoder.decode("t", bytes, bytes.length);
  }

  private PointBatch decode(String json) {
    return decode(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oneSampleAnArrayAndOneBehindTheOther() {
    String a =
        "{\"name\":\"a\",\"timestamp\":1700000000123,\"value\":1.5,\"labels\":{\"h\":\"x\"}}";
    String b =
        "{\"timestamp\":\"2023-11-14T22:13:20Z\",\"value\":\"NaN\",\"name\":\"b\","
            + "\"labels\":{\"__name__\":\"b\",\"n\":1,\"gone\":null},\"more\":[{}]}";
    Map<String, String> expected =
        Map.of("a{h=\"x\"}", "1.5@1700000000123", "b{n=\"1\"}", "NaN@1700000000000");
    assertThat(TestBatches.samples(decode("[" + a + "," + b + "]"))).isEqualTo(expected);
    assertThat(TestBatches.samples(decode(a + "\n" + b + "\n"))).isEqualTo(expected);
    assertThat(TestBatches.samples(decode(a))).containsOnlyKeys("a{h=\"x\"}");
  }

  @Test
  void timesAreMillisecondsOrTextsOfRfc3339() {
    for (String time :
        new String[] {
          "1700000000000",
          "\"1700000000000\"",
          "\"2023-11-14T22:13:20.000Z\"",
          "\"2023-11-14T23:13:20+01:00\""
        }) {
      assertThat(
              TestBatches.samples(
                  decode("{\"name\":\"m\",\"value\":1,\"timestamp\":" + time + "}")))
          .containsValue("1.0@1700000000000");
    }
  }

  @Test
  void ofSamplesEachCountsForItself() {
    PointBatch batch =
        decode(
            """
            [{"name":"good","timestamp":1,"value":1},
             {"name":"m","timestamp":"yesterday","value":1}, {"name":"m","timestamp":1.5,"value":1},
             {"name":"m","timestamp":123456789012345678901234567890,"value":1},
             {"name":"m","timestamp":1,"value":"much"}, {"name":"m","timestamp":1},
             {"name":"m","timestamp":1,"value":1,"labels":["x"]},
             {"name":"m","timestamp":1,"value":1,"labels":{"x":{"y":1}}},
             {"timestamp":1,"value":1}]\
            """);
    assertThat(TestBatches.samples(batch)).containsOnlyKeys("good");
    assertThat(batch.rejections().list())
        .extracting(Rejection::reason, Rejection::samples)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("invalid_time", 3),
            org.assertj.core.groups.Tuple.tuple("invalid_value", 2),
            org.assertj.core.groups.Tuple.tuple("invalid_labels", 3));
  }

  @Test
  void whatIsNoJsonOfThisFormIsRefusedAsAWhole() {
    for (String bad : new String[] {"", "[", "[1]", "\"x\"", "[{}] x", "{", "[".repeat(1000)}) {
      assertThatThrownBy(() -> decode(bad)).as(bad).isInstanceOf(LookoutException.class);
    }
  }

  @Test
  void survivesWhateverItIsGiven() {
    String good =
        "[{\"name\":\"a\",\"timestamp\":\"2023-11-14T22:13:20Z\",\"value\":\"1.5\",\"labels\":{\"h\":\"\\u4e2d\"}},"
            + "{\"name\":\"b\",\"timestamp\":1700000000123,\"value\":1e9,\"labels\":{\"x\":true}}]";
    TestBatches.fuzz(good.getBytes(StandardCharsets.UTF_8), 21, 20_000, this::decode);
  }
}
