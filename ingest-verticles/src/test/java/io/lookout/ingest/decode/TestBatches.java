package io.lookout.ingest.decode;

import io.lookout.ingest.pipeline.LabelLimits;
import io.lookout.ingest.series.SeriesAdmission;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.ingest.series.StringPool;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.series.SeriesCache;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Batches as decoder tests want them. */
public final class TestBatches {
  private TestBatches() {}

  public static PointBatches batches() {
    return new PointBatches(
        new SeriesIndex(
            new SeriesCache(1024),
            new StringPool(),
            new SeriesAdmission(new LabelLimits(50, 100, 1000)),
            42),
        new DecodeLimits(1 << 20, 1000));
  }

  /** The samples as text: series, and value at time. */
  public static Map<String, String> samples(PointBatch points) {
    WriteBatch batch = points.decoded(0).batch();
    Map<String, String> samples = new TreeMap<>();
    for (int i = 0; i < batch.sampleCount(); i++) {
      String series = batch.series()[batch.seriesOf()[i]].labels().toString();
      samples.put(series, batch.values()[i] + "@" + batch.times()[i]);
    }
    return samples;
  }

  /**
   * Gives a decoder a good body in many bad forms: cut, with bytes flipped, doubled and made up. It
   * may take it or refuse it as bad or too large, and nothing else.
   */
  public static void fuzz(byte[] good, long seed, int rounds, Consumer<byte[]> decoder) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < rounds; round++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      int flips = random.nextInt(6);
      for (int i = 0; i < flips && bad.length > 0; i++) {
        int at = random.nextInt(bad.length);
        bad[at] =
            random.nextBoolean() ? (byte) random.nextInt() : good[random.nextInt(good.length)];
      }
      try {
        decoder.accept(bad);
      } catch (LookoutException e) {
        if (e.code() != ErrorCode.BAD_DATA && e.code() != ErrorCode.TOO_LARGE) {
          throw e;
        }
      }
    }
  }
}
