package io.lookout.ingest.sofalookout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.ingest.series.LabelPairs;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as the client 1.6.1 gives them to a poller. */
class PollDecoderTest {
  private static final String ANSWER =
      """
      {"data":[{"cursor":1795290670000,"data":[
        {"metrics":{"value":7.0},"name":"room","tags":{"app":"a","_type_":"g"},"timestamp":1795290670000},
        {"metrics":{"value":"text"},"name":"info","tags":{},"timestamp":1795290670000}]},
       {"data":[
        {"name":"orders","metrics":{"rate":0.5,"count":NaN},"tags":{"app":"a"},"timestamp":1795290668000}],
        "cursor":1795290668000}],"slotCount":4,"step":2000}
      """;

  private final PointBatches batches = TestBatches.batches();

  private PollDecoder.Polled decode(byte[] bytes) {
    LabelPairs added = new LabelPairs();
    added.add("ip", "10.0.0.7");
    return PollDecoder.decode(batches, "t", added, bytes);
  }

  private PollDecoder.Polled decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stepsAreReadWithTheirCursors() {
    PollDecoder.Polled polled = decode(ANSWER);
    WriteBatch batch = polled.decoded().batch();

    assertThat(polled.cursors()).containsExactly(1795290670000L, 1795290668000L);
    assertThat(batch.sampleCount()).isEqualTo(3);
    assertThat(batch.series()[batch.seriesOf()[0]].labels().toString())
        .isEqualTo("{\"room.value\", app=\"a\", ip=\"10.0.0.7\"}");
    assertThat(batch.times()[0]).isEqualTo(1795290670000L);
    assertThat(batch.values()[0]).isEqualTo(7);
    assertThat(polled.decoded().rejections().samples()).isEqualTo(1);
  }

  @Test
  void nothingMeasuredYetIsNothing() {
    PollDecoder.Polled polled = decode("{\"data\":[],\"slotCount\":3,\"step\":30000}");
    assertThat(polled.cursors()).isEmpty();
    assertThat(polled.decoded().batch().sampleCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"data\":3}",
        "{\"data\":[3]}",
        "{\"data\":[{\"cursor\":\"x\"}]}",
        "{\"data\":[{\"cursor\":1,\"data\":[{\"name\":\"a\",\"timestamp\":\"soon\"}]}]}",
        "{\"data\":[{\"cursor\":1,\"data\":[{\"name\":\"a\",\"tags\":3}]}]}",
        "{\"data\":[{\"cursor\":1,\"data\":[{\"name\":\"a\"",
        "{\"data\":[{\"cursor\":99999999999999999999}]}"
      })
  void whatIsNoAnswerIsRefused(String text) {
    assertThatThrownBy(() -> decode(text)).isInstanceOf(LookoutException.class);
  }

  @Test
  void survivesWhateverItIsGiven() {
    TestBatches.fuzz(ANSWER.getBytes(StandardCharsets.UTF_8), 11, 10_000, this::decode);
  }
}
