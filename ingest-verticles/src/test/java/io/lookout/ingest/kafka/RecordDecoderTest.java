package io.lookout.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.settings.Settings;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.ingest.relay.RequestForm;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class RecordDecoderTest {
  private static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  private static RecordDecoder decoder(String... settings) {
    return new RecordDecoder(
        TestBatches.batches().index(),
        TestBatches.batches().limits(),
        Settings.with(settings).of(KafkaSourceSettings.class));
  }

  private static Headers headers(String... namesAndValues) {
    var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return headers;
  }

  private static byte[] body(String version) {
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 2);
    SeriesKey key = SeriesKey.of("t", Labels.of("__name__", "m", "host", "a"));
    batch.sample(batch.series(key), 1000, 1.5);
    return RequestForm.of(version).message(List.of(batch.build())).toByteArray();
  }

  private static final byte[] JSON =
      "{\"name\":\"m\",\"timestamp\":1000,\"value\":1.5,\"labels\":{\"host\":\"a\"}}"
          .getBytes(StandardCharsets.UTF_8);

  private static void assertHasTheSample(WriteBatch batch) {
    assertThat(batch.sampleCount()).isOne();
    assertThat(batch.values()[0]).isEqualTo(1.5);
    assertThat(batch.series()[0].labels()).isEqualTo(Labels.of("__name__", "m", "host", "a"));
  }

  @Test
  void theSettingsSayWhatARecordWithoutHeadersIs() throws IOException {
    assertHasTheSample(decoder().decode(headers(), Snappy.compress(body("1.0"))).batch());
    assertHasTheSample(
        decoder("kafka.source.format=remote-write-2")
            .decode(headers(), Snappy.compress(body("2.0")))
            .batch());
    assertHasTheSample(
        decoder("kafka.source.encoding=identity").decode(headers(), body("1.0")).batch());
    assertHasTheSample(decoder("kafka.source.format=json").decode(headers(), JSON).batch());
    assertThat(
            decoder("kafka.source.format=json", "kafka.source.tenant=blue")
                .decode(headers(), JSON)
                .batch()
                .tenant())
        .isEqualTo("blue");
  }

  @Test
  void headersSayMore() throws IOException {
    RecordDecoder decoder = decoder("kafka.source.format=json");
    Headers snappy2 =
        headers("content-type", V2, "Content-Encoding", "snappy", "X-Scope-OrgID", "red");
    WriteBatch batch = decoder.decode(snappy2, Snappy.compress(body("2.0"))).batch();
    assertHasTheSample(batch);
    assertThat(batch.tenant()).isEqualTo("red");
    Headers plain1 =
        headers("Content-Type", "application/x-protobuf", "Content-Encoding", "identity");
    assertHasTheSample(decoder.decode(plain1, body("1.0")).batch());
    assertHasTheSample(decoder().decode(headers("Content-Type", "application/json"), JSON).batch());
  }

  @Test
  void whatIsSaidToBeSomethingElseIsRefused() {
    assertThatThrownBy(() -> decoder().decode(headers("Content-Type", "text/xml"), JSON))
        .isInstanceOfSatisfying(
            LookoutException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
    assertThatThrownBy(() -> decoder().decode(headers("X-Scope-OrgID", "a/b"), JSON))
        .isInstanceOf(LookoutException.class);
    assertThatThrownBy(() -> decoder().decode(headers(), null))
        .isInstanceOf(LookoutException.class);
  }

  @Test
  void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
    byte[] bomb = Snappy.compress(new byte[8 << 20]);
    assertThatThrownBy(() -> decoder().decode(headers(), bomb))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }

  @Test
  void survivesWhateverItIsGiven() throws IOException {
    RecordDecoder decoder = decoder();
    TestBatches.fuzz(
        Snappy.compress(body("1.0")), 31, 10_000, bytes -> decoder.decode(headers(), bytes));
    Headers plain2 = headers("Content-Type", V2, "Content-Encoding", "identity");
    TestBatches.fuzz(body("2.0"), 32, 10_000, bytes -> decoder.decode(plain2, bytes));
  }
}
