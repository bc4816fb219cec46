package io.lookout.model.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Fingerprint;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchRecordTest {
  private static final int SEEDS = 300;

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

  /** An encoder that remembers how series were written writes what one writes that does not. */
  @Test
  void whatIsRememberedIsWrittenAsIfItWereNot() {
    SplittableRandom random = new SplittableRandom(11);
    LabelBytes remembered = new LabelBytes(8);
    List<SeriesKey> series = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Labels labels = Labels.of("__name__", "m" + i % 3, "instance", "host-" + i);
      series.add(SeriesKey.of("t", i % 4 == 0 ? Labels.of("__name__", "up" + i) : labels));
    }
    for (int round = 0; round < SEEDS; round++) {
      WriteBatch.Builder batch = new WriteBatch.Builder("t", 1);
      int length = random.nextInt(1, series.size());
      int from = random.nextInt(series.size());
      int step = random.nextInt(4) == 0 ? 5 : 1;
      for (int i = 0; i < length; i++) {
        batch.series(series.get((from + step * i) % series.size()));
      }
      WriteBatch built = batch.build();
      assertThat(new BatchRecordEncoder(remembered).encode(built)).isEqualTo(encode(built));
      if (round % 50 == 49) {
        remembered.forgetUnused();
      }
    }
  }

  @Test
  void labelsAreReadOnce() {
    BatchRecordDecoder decoder = decoder();
    WriteBatch batch = example("");
    WriteBatch first = decoder.decode(encode(batch));
    WriteBatch second = decoder.decode(encode(batch));

    assertThat(decoder.labelsRead()).isEqualTo(batch.seriesCount());
    for (int i = 0; i < batch.seriesCount(); i++) {
      assertThat(second.series()[i]).isSameAs(first.series()[i]);
    }
  }

  @Test
  void batchesOfEarlierReleasesAreRead() {
    WriteBatch batch = example("");
    assertThat(onTheBus(decoder().decode(onTheBus(batch)))).isEqualTo(onTheBus(batch));
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> decoder().decode(new byte[] {4}))
        .isInstanceOf(LookoutException.class)
        .hasMessage("version 4, known are 1 to 3");
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
    assertThat(HexFormat.of().formatHex(encode(example("host-"))))
        .isEqualTo(HexFormat.of().formatHex(golden(3)));
    assertThat(onTheBus(decoder().decode(golden(3)))).isEqualTo(onTheBus(example("host-")));
    assertThat(onTheBus(decoder().decode(golden(2)))).isEqualTo(onTheBus(example("")));
  }

  private static byte[] golden(int version) throws IOException {
    String name = "/batch-record-v%d.golden".formatted(version);
    try (InputStream in = Objects.requireNonNull(BatchRecordTest.class.getResourceAsStream(name))) {
      String digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.strip());
    }
  }

  /** Beside a value that is not ASCII the other must not be cut within a letter. */
  @Test
  void valuesThatBeginAlikeComeBack() {
    String smile = "aaa\uD83D\uDE00";
    String grin = "aaa\uD83D\uDE01";
    List<String> values =
        List.of("zürich-1", "zürich-2", "zürich-2", "zür", "z", smile, grin, "aaa");
    WriteBatch.Builder batch = new WriteBatch.Builder("t", 1);
    for (String each : values) {
      batch.series(SeriesKey.of("t", Labels.of("__name__", "requests_total", "zone", each)));
    }
    WriteBatch built = batch.build();
    assertThat(onTheBus(decoder().decode(encode(built)))).isEqualTo(onTheBus(built));
  }

  @Test
  void aBeginThatTheOtherValueHasNotIsRefused() {
    for (String first : List.of("ab", "äbcd")) {
      ByteWriter out = new ByteWriter();
      out.putByte(3).putText("t").putVarLong(2);
      Fingerprint fingerprint = SeriesKey.of("t", Labels.of("a", first)).fingerprint();
      out.putLong(fingerprint.high()).putLong(fingerprint.low());
      ByteWriter labels = new ByteWriter();
      labels.putVarLong(1).putByte(2).putText("a").putText(first);
      out.putVarLong(labels.size()).putBytes(labels.array(), 0, labels.size());
      out.putLong(1).putLong(1).putVarLong(5);
      out.putVarLong(1).putByte(4).putVarLong(3).putText("x");
      assertThatThrownBy(() -> decoder().decode(out.toByteArray()))
          .isInstanceOf(LookoutException.class)
          .hasMessageContaining("of a");
    }
  }

  /**
   * Labels that are the same, of another value, added and left out, from one series to the next.
   *
   * @param host what instances begin with
   */
  private static WriteBatch example(String host) {
    WriteBatch.Builder batch = new WriteBatch.Builder("tenant-1", 4);
    List<Labels> all =
        List.of(
            Labels.of("__name__", "up", "instance", host + "a:9100", "job", "node"),
            Labels.of("__name__", "up", "instance", host + "b:9100", "job", "node"),
            Labels.of("__name__", "up", "env", "dev", "instance", host + "b:9100", "zone", "ü"),
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
