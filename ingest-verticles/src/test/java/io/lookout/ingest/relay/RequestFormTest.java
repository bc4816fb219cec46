package io.lookout.ingest.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.decode.DecodeLimits;
import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.remotewrite.Announced;
import io.lookout.ingest.remotewrite.RemoteWriteDecoder;
import io.lookout.ingest.remotewrite.WireVersion;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.series.SeriesCache;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** What is written is what our own reader, which is compared with protobuf-java, reads. */
class RequestFormTest {
  private final WriteBatch batch = Batches.ofEverything();

  private WriteBatch read(RequestForm form, WireVersion version) throws IOException {
    SeriesIndex index =
        new SeriesIndex(
            new SeriesCache(64),
            new StringPool(),
            new SeriesAdmission(new LabelLimits(50, 100, 1000)),
            7);
    byte[] body = Snappy.compress(form.message(List.of(batch)).toByteArray());
    return new RemoteWriteDecoder(index, new DecodeLimits(1 << 20, 1000))
        .decode(new Announced(version, ContentCoding.SNAPPY), Batches.TENANT, body, body.length)
        .batch();
  }

  @Test
  void version2CarriesEverything() throws IOException {
    WriteBatch read = read(RequestForm.of("2.0"), WireVersion.V2);
    assertThat(Batches.samples(read)).containsExactlyInAnyOrderElementsOf(Batches.samples(batch));
    assertThat(read.exemplars().getFirst().exemplar())
        .isEqualTo(batch.exemplars().getFirst().exemplar());
    assertThat(read.metadata()).isNotEmpty();
    assertThat(read.metadata().getFirst().help()).isEqualTo("Requests.");
    assertThat(read.startTimes()).contains(900L, 950L);
  }

  @Test
  void version1CarriesAllButStartTimes() throws IOException {
    WriteBatch read = read(RequestForm.of("1.0"), WireVersion.V1);
    assertThat(Batches.samples(read)).containsExactlyInAnyOrderElementsOf(Batches.samples(batch));
    assertThat(read.exemplars().getFirst().exemplar())
        .isEqualTo(batch.exemplars().getFirst().exemplar());
    assertThat(read.metadata()).isEqualTo(batch.metadata());
  }
}
