package io.lookout.ingest.sofalookout;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.ingest.series.LabelPairs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Records as the client 1.6.1 sends them. */
class DatasDecoderTest {
  private static final String COUNTER =
      "{\"time\":\"2026-11-21T19:49:00+00:00\",\"tags\":{\"app\":\"a\",\"_type_\":\"c\",\"zh\":\"\\u4E2D\"},"
          + "\"my.counter\":{\"rate\":7.2,\"count\":36}}";
  private static final String GAUGE =
      "{\"time\":1795290540000,\"tags\":{\"_type_\":\"g\",\"priority\":\"LOW\"},\"my.nan\":{\"value\":NaN}}";
  private static final String INFO =
      "{\"time\":\"2026-11-21T19:49:00+00:00\",\"tags\":{\"_type_\":\"i\"},\"my.info\":{\"value\":\"{}\"}}";
  private static final String BUCKET =
      "{\"time\":\"2026-11-21T19:49:00+00:00\",\"tags\":{\"_bucket\":\"10-100\"},\"io.size\":{\"buckets\":7}}";

  private final PointBatches batches = TestBatches.batches();

  private PointBatch decode(byte[] bytes) {
    LabelPairs added = new LabelPairs();
    added.add("app", "demo");
    return new DatasDecoder(batches, added, 5).decode("t", bytes, bytes.length);
  }

  private PointBatch decode(String... records) {
    return decode(String.join("\t", records).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFieldIsASeries() {
    assertThat(TestBatches.samples(decode(COUNTER, GAUGE, INFO, BUCKET)).toString())
        .contains("{\"my.counter.count\", app=\"a\", zh=\"中\"}=36.0@1795290540000")
        .contains("{\"my.counter.rate\", app=\"a\", zh=\"中\"}=7.2@1795290540000")
        .contains("{\"my.nan.value\", app=\"demo\"}=NaN@1795290540000")
        .contains("{\"io.size.buckets\", _bucket=\"10-100\", app=\"demo\"}=7.0@1795290540000")
        .doesNotContain("_type_", "priority", "my.info");
  }

  @Test
  void badRecordsAreNamedAndTheOthersCount() {
    PointBatch batch = decode("{\"time\":\"soon\",\"m\":1}", "{", COUNTER, "[]", "{\"tags\":3}");
    assertThat(TestBatches.samples(batch)).hasSize(2);
    assertThat(batch.rejections().samples()).isEqualTo(4);
  }

  @Test
  void survivesWhateverItIsGiven() {
    TestBatches.fuzz(
        String.join("\t", COUNTER, GAUGE, INFO, BUCKET).getBytes(StandardCharsets.UTF_8),
        10,
        10_000,
        this::decode);
  }
}
