package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.lookout.model.Labels;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.wire.WireForms;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueueRecordTest {
  /** As releases before wrote it. */
  private static byte[] plain(WriteBatch batch) {
    ByteWriter plain = new ByteWriter();
    WireForms.writeBatch().encode(batch, plain);
    return plain.toByteArray();
  }

  private static void isTheSame(WriteBatch read, WriteBatch written) {
    assertThat(plain(read)).isEqualTo(plain(written));
  }

  @Test
  void holdsEverything() {
    WriteBatch batch = Batches.ofEverything();
    isTheSame(QueueRecord.read(QueueRecord.of(batch)), batch);
  }

  @Test
  void recordsOfReleasesBeforeAreRead() {
    WriteBatch batch = Batches.ofEverything();
    isTheSame(QueueRecord.read(plain(batch)), batch);
  }

  /** A node exporter's scrape: nine labels a series, values that have little in common. */
  @Test
  void takesFewBytesASample() {
    SplittableRandom random = new SplittableRandom(1);
    WriteBatch.Builder batch = new WriteBatch.Builder(Batches.TENANT, 1000);
    for (int i = 0; i < 1000; i++) {
      Labels labels =
          Labels.of("__name__", "node_metric_" + i / 20, "job", "node", "instance", "host-17:9100")
              .toBuilder()
              .set("region", "eu-central-1")
              .set("zone", "eu-central-1b")
              .set("team", "platform")
              .set("env", "production")
              .set("device", "device-" + i % 20)
              .set("mode", i % 3 == 0 ? "read" : "write")
              .build();
      int series = batch.series(SeriesKey.of(Batches.TENANT, labels));
      batch.sample(series, 1_700_000_000_000L, random.nextDouble(1e6));
    }
    WriteBatch built = batch.build();
    assertThat(plain(built).length / 1000).isGreaterThan(40);
    assertThat(QueueRecord.of(built).length / 1000.0).isLessThan(18);
  }

  @Test
  void whatIsNoRecordIsSaidToBeMalformed() {
    byte[] record = QueueRecord.of(Batches.ofEverything());
    for (int length = 0; length < record.length; length++) {
      byte[] cut = Arrays.copyOf(record, length);
      assertThatThrownBy(() -> QueueRecord.read(cut)).isInstanceOf(MalformedBytesException.class);
    }
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 2000; i++) {
      byte[] hurt = record.clone();
      hurt[random.nextInt(hurt.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(QueueRecord.read(hurt).sampleCount()).isNotNegative();
      } catch (MalformedBytesException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void declaredLengthsAreNotBelieved() {
    byte[] huge = Zstd.compress(new byte[1000], 1);
    // The content size of a frame of one segment, made four bytes long: 4 GiB less some.
    byte[] lying = new byte[huge.length + 3];
    System.arraycopy(huge, 0, lying, 0, 4);
    lying[4] = (byte) 0xa0;
    Arrays.fill(lying, 5, 9, (byte) 0xf0);
    assertThatThrownBy(() -> QueueRecord.read(lying)).isInstanceOf(MalformedBytesException.class);
  }
}
