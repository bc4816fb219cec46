package io.lookout.model.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.series.SeriesCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchRecordTest {
  private static final int SEEDS = 300;
  private static final String GOLDEN = "/batch-record-v2.golden";

  private static byte[] encode(WriteBatch batch) {
    return new BatchRecordEncoder(new LabelBytes(100)).encode(batch);
  }

  private static BatchRecordDecoder decoder() {
    return new BatchRecordDecoder(new SeriesCache(1000));
  }

  /** The form of the bus has all of a batch, and says so in the same bytes. */
  private static byte[] onTheBus(WriteBatch batch) {
    ByteWriter out = new ByteWriter();
    WireForms.writeBatch().encode(batch, out);
    return out.toByteArray();
  }

  @Test
  void everyBatchComesBack() {
    BatchRecordDecoder decoder = decoder();
    for (long seed = 0; seed < SEEDS; seed++) {
      WriteBatch batch = new RandomMessages(seed).writeBatch();
      byte[] record = encode(batch);
      assertThat(onTheBus(decoder.decode(record))).as("seed %d", seed).isEqualTo(onTheBus(batch));
      assertThat(onTheBus(decoder().decode(record))).isEqualTo(onTheBus(batch));
    }
  }

  @Test
  void labelsAreReadOnce() {
    BatchRecordDecoder decoder = decoder();
    WriteBatch batch = example();
    WriteBatch first = decoder.decode(encode(batch));
    WriteBatch second = decoder.decode(encode(batch));

    assertThat(decoder.labelsRead()).isEqualTo(batch.seriesCount());
    for (int i = 0; i < batch.seriesCount(); i++) {
      assertThat(second.series()[i]).isSameAs(first.series()[i]);
    }
  }

  @Test
  void batchesOfEarlierReleasesAreRead() {
    WriteBatch batch = example();
    assertThat(onTheBus(decoder().decode(onTheBus(batch)))).isEqualTo(onTheBus(batch));
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> decoder().decode(new byte[] {3}))
        .isInstanceOf(LookoutException.class)
        .hasMessage("version 3, known are 1 and 2");
  }

  @Test
  void aFingerprintThatIsNotThatOfItsLabelsIsRefused() {
    SeriesKey a = SeriesKey.of("t", Labels.of("__name__", "a"));
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 1);
    batch.series(
        new SeriesKey("t", a.labels(), SeriesKey.of("t", Labels.of("a", "b")).fingerprint()));

    assertThatThrownBy(() -> decoder().decode(encode(batch.build())))
        .hasMessage("a fingerprint that is not that of its labels");
  }

  @Test
  void bytesThatEndEarlyOrLateAreRefused() {
    byte[] record = encode(new RandomMessages(7).writeBatch());
    for (int length = 0; length < record.length; length++) {
      byte[] cut = Arrays.copyOf(record, length);
      assertThatThrownBy(() -> decoder().decode(cut)).isInstanceOf(LookoutException.class);
    }
    assertThatThrownBy(() -> decoder().decode(Arrays.copyOf(record, record.length + 1)))
        .hasMessage("1 bytes after the record");
  }

  @Test
  void damagedBytesNeverEscapeAsAnotherException() {
    SplittableRandom random = new SplittableRandom(5);
    BatchRecordDecoder warm = decoder();
    for (long seed = 0; seed < 10 * SEEDS; seed++) {
      byte[] record = encode(new RandomMessages(seed % SEEDS).writeBatch());
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        record[random.nextInt(record.length)] = (byte) random.nextInt();
      }
      decodeOrRefuse(warm, record);
      decodeOrRefuse(decoder(), record);
    }
  }

  private static void decodeOrRefuse(BatchRecordDecoder decoder, byte[] record) {
    try {
      assertThat(decoder.decode(record).tenant()).isNotNull();
    } catch (LookoutException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  /** What is in topics is read by later releases. */
  @Test
  void theBytesStayAsTheyAre() throws IOException {
    byte[] golden;
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(GOLDEN))) {
      golden =
          HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
    assertThat(HexFormat.of().formatHex(encode(example())))
        .isEqualTo(HexFormat.of().formatHex(golden));
    assertThat(onTheBus(decoder().decode(golden))).isEqualTo(onTheBus(example()));
  }

  /**
   * Labels that are the same, of another value, added and left out, from one series to the next.
   */
  private static WriteBatch example() {
    WriteBatch.Builder batch = new WriteBatch.Builder("tenant-1", 4);
    List<Labels> all =
        List.of(
            Labels.of("__name__", "up", "instance", "a:9100", "job", "node"),
            Labels.of("__name__", "up", "instance", "b:9100", "job", "node"),
            Labels.of("__name__", "up", "env", "dev", "instance", "b:9100", "zone", "ü"),
            Labels.of("__name__", "load"));
    for (Labels each : all) {
      batch.series(SeriesKey.of("tenant-1", each));
    }
    batch.sample(0, 1_700_000_000_000L, 1);
    batch.sample(1, 1_700_000_000_000L, 0);
    batch.sample(3, 1_700_000_015_000L, Double.longBitsToDouble(0x7ff0000000000002L));
    batch.startTime(1_699_999_999_000L);
    batch.sample(2, 1_699_999_985_000L, -2.5);
    batch.exemplar(3, new Exemplar(Labels.of("trace_id", "abc"), 2.5, 1_700_000_015_000L));
    batch.metadata(new MetricMetadata("up", "gauge", "Whether it answers.", ""));
    return batch.build();
  }
}
