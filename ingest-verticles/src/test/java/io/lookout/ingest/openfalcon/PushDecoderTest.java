package io.lookout.ingest.openfalcon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushDecoderTest {
  private static final long NOW = 1_700_000_100_000L;

  /** As an agent's library wrote it. */
  private static final String CALL =
      "{\"method\":\"Transfer.Update\",\"params\":[[{\"endpoint\":\"h1\",\"metric\":\"cpu.idle\","
          + "\"value\":98.5,\"step\":60,\"counterType\":\"GAUGE\",\"tags\":\"core=0,x=1\","
          + "\"timestamp\":1700000000},{\"endpoint\":\"h1\",\"metric\":\"net.if.in.bytes\","
          + "\"value\":123456789,\"step\":60,\"counterType\":\"COUNTER\",\"tags\":\"iface=eth0\","
          + "\"timestamp\":1700000000}]],\"id\":0}\n";

  private final PointBatches batches = TestBatches.batches();

  private PushDecoder items(byte[] bytes) {
    return new PushDecoder(batches, "t", bytes.length, NOW).body(bytes, bytes.length);
  }

  private PointBatch body(String json) {
    return items(json.getBytes(StandardCharsets.UTF_8)).batch();
  }

  private RpcDecoder calls(byte[] bytes, PushDecoder into) {
    return new RpcDecoder(into).decode(bytes, bytes.length);
  }

  private PushDecoder none() {
    return new PushDecoder(batches, "t", 100, NOW);
  }

  private static String item(String field, String json) {
    String[] fields = {
      "\"metric\":\"m\"",
      "\"endpoint\":\"h\"",
      "\"value\":1",
      "\"step\":60",
      "\"counterType\":\"GAUGE\"",
      "\"tags\":\"a=b\"",
      "\"timestamp\":1700000000"
    };
    StringBuilder item = new StringBuilder("{\"" + field + "\":" + json);
    for (String each : fields) {
      if (!each.startsWith("\"" + field + "\"")) {
        item.append(',').append(each);
      }
    }
    return item.append('}').toString();
  }

  @Test
  void anAgentsCallIsRead() {
    PushDecoder items = none();
    RpcDecoder rpc = calls(CALL.getBytes(StandardCharsets.UTF_8), items);
    assertThat(rpc.calls()).containsExactly(new RpcCall(0, "Transfer.Update", 2, 0));
    assertThat(TestBatches.samples(items.batch()))
        .containsOnly(
            Map.entry("{\"cpu.idle\", core=\"0\", endpoint=\"h1\", x=\"1\"}", "98.5@1700000000000"),
            Map.entry(
                "{\"net.if.in.bytes\", endpoint=\"h1\", iface=\"eth0\"}",
                "1.23456789E8@1700000000000"));
    assertThat(items.batch().decoded(0).batch().metadata())
        .extracting(each -> each.metricFamily() + " " + each.type())
        .containsExactly("cpu.idle gauge", "net.if.in.bytes counter");
  }

  @Test
  void callsAreReadOneBehindTheOtherAndInAnyOrderOfFields() {
    String calls =
        CALL
            + "{\"id\":\"x\",\"params\":[["
            + item("value", "\"1.5\"")
            + ",null]],\"method\":\"Transfer.Update\"}"
            + "{\"params\":[{}],\"method\":\"Transfer.Ping\",\"id\":2}"
            + "{\"method\":\"Agent.ReportStatus\",\"params\":[[1]],\"id\":null}";
    PushDecoder items = none();
    assertThat(calls(calls.getBytes(StandardCharsets.UTF_8), items).calls())
        .containsExactly(
            new RpcCall(0, "Transfer.Update", 2, 0),
            new RpcCall("x", "Transfer.Update", 2, 1),
            new RpcCall(2, "Transfer.Ping", 0, 0),
            new RpcCall(null, "Agent.ReportStatus", 0, 0));
    assertThat(TestBatches.samples(items.batch()).values()).contains("1.5@1700000000000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metric|\"\"|invalid_labels",
        "metric|7|invalid_labels",
        "metric|\"kernel.hostname\"|text_value",
        "endpoint|\"\"|invalid_labels",
        "endpoint|null|invalid_labels",
        "value|\"\"|invalid_value",
        "value|\"x\"|invalid_value",
        "value|true|invalid_value",
        "value|null|invalid_value",
        "value|{\"a\":[1]}|invalid_value",
        "step|0|malformed",
        "step|-60|malformed",
        "step|\"60\"|malformed",
        "counterType|\"gauge\"|malformed",
        "counterType|\"\"|malformed",
        "tags|\"a=1,a=2\"|invalid_labels",
        "tags|\"__name__=x\"|invalid_labels",
      })
  void badItemsCountForThemselves(String field, String json, String reason) {
    PointBatch batch = body("[" + item("metric", "\"good\"") + "," + item(field, json) + ",3]");
    assertThat(TestBatches.samples(batch)).hasSize(1);
    assertThat(batch.rejections().list().getFirst().reason()).isEqualTo(reason);
    assertThat(batch.rejections().samples()).isEqualTo(2);
  }

  @Test
  void longItemsAreRefused() {
    assertThat(body("[" + item("tags", "\"a=" + "x".repeat(1 << 20) + "\"") + "]").rejections())
        .satisfies(refused -> assertThat(refused.text()).contains("longer than 510 characters"));
  }

  @Test
  void tagsAreSplitAsTransferDoes() {
    assertThat(samples("tags", "\" a = 1 ,,b,c==d,e=,endpoint=x,=y\"").keySet())
        .containsExactly("m{a=\"1\", c=\"=d\", endpoint=\"h\", exported_endpoint=\"x\"}");
    assertThat(samples("tags", "null").keySet()).containsExactly("m{endpoint=\"h\"}");
  }

  private Map<String, String> samples(String field, String json) {
    return TestBatches.samples(body("[" + item(field, json) + "]"));
  }

  @Test
  void timesThatCannotBeAreThatOfArrival() {
    for (String time : List.of("0", "-5", "1700000000000", "\"x\"", "null", "1e30")) {
      assertThat(samples("timestamp", time)).containsValue("1.0@" + NOW);
    }
  }

  @Test
  void whatIsNoArrayIsRefusedAsAWhole() {
    for (String bad : List.of("", "{}", "[", "[{}", "[{\"a\":", "[] []", "[".repeat(1000))) {
      assertThatThrownBy(() -> body(bad)).isInstanceOf(LookoutException.class);
    }
    for (String bad : List.of("[]", "{", "{\"method\":\"Transfer.Update\",\"params\":{}}")) {
      assertThatThrownBy(() -> calls(bad.getBytes(StandardCharsets.UTF_8), none()))
          .isInstanceOf(LookoutException.class);
    }
  }

  @Test
  void survivesWhateverItIsGiven() {
    byte[] call = CALL.getBytes(StandardCharsets.UTF_8);
    TestBatches.fuzz(call, 8, 20_000, bytes -> calls(bytes, none()));
    String body = CALL.substring(CALL.indexOf("[[") + 1, CALL.indexOf("]]") + 1);
    TestBatches.fuzz(body.getBytes(StandardCharsets.UTF_8), 9, 20_000, this::items);
  }
}
