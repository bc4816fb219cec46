package io.lookout.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.lookout.model.histogram.RandomHistograms;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NativeHistogramCodecTest {
  private static final double[] NONE = {};

  @Test
  void givesBackEveryHistogramOneAfterTheOther() {
    RandomHistograms random = new RandomHistograms(17);
    ByteWriter out = new ByteWriter(4);
    NativeHistogram[] written = new NativeHistogram[2000];
    for (int i = 0; i < written.length; i++) {
      written[i] = random.next();
      NativeHistogramCodec.write(written[i], out);
    }
    ByteReader in = new ByteReader(out.array(), 0, out.size());
    for (NativeHistogram each : written) {
      assertThat(NativeHistogramCodec.read(in)).isEqualTo(each);
    }
    assertThat(in.remaining()).isZero();
  }

  /** The examples of docs/formats/histogram.md. */
  @Test
  void bytesOfTheFirstVersionAreReadAndWritten() {
    NativeHistogram exponential =
        new NativeHistogram(
            3,
            CounterReset.NO,
            true,
            0x1p-128,
            2,
            16,
            -1.5,
            List.of(new Span(-2, 2), new Span(3, 1)),
            new double[] {4, 5, 1},
            List.of(new Span(0, 1)),
            new double[] {4},
            NONE);
    NativeHistogram custom =
        new NativeHistogram(
            NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
            CounterReset.UNKNOWN,
            false,
            0,
            0,
            1.5,
            1,
            List.of(new Span(1, 1)),
            new double[] {1.5},
            List.of(),
            NONE,
            new double[] {0.1, -1});
    assertThat(hex(exponential))
        .isEqualTo("f60620000000000000f8bf000000000000f03704020302060108020701000108");
    assertThat(hex(custom))
        .isEqualTo(
            "28000000000000f83f000000000000f03f010201000000000000f83f026500000000000000f0bf");
  }

  private static String hex(NativeHistogram histogram) {
    assertThat(roundTrip(histogram)).isEqualTo(histogram);
    ByteWriter out = new ByteWriter(4);
    NativeHistogramCodec.write(histogram, out);
    return HexFormat.of().formatHex(out.array(), 0, out.size());
  }

  @Test
  void keepsTheBitsOfOddNumbers() {
    double[] odd = {
      -0.0, Double.longBitsToDouble(0x7ff0000000000002L), Double.POSITIVE_INFINITY, 1e300
    };
    for (double value : odd) {
      NativeHistogram h =
          new NativeHistogram(
              3,
              CounterReset.GAUGE,
              false,
              value,
              value,
              value,
              value,
              List.of(new Span(-7, 1), new Span(0, 0)),
              new double[] {value},
              List.of(),
              NONE,
              NONE);
      assertThat(roundTrip(h)).isEqualTo(h);
    }
  }

  @Test
  void keepsOddCustomBounds() {
    double[] bounds = {Double.NEGATIVE_INFINITY, -2.5, -0.0, 0.1, 0.3, 1.0 / 3, 5, 1e20};
    NativeHistogram h =
        new NativeHistogram(
            NativeHistogram.CUSTOM_BUCKETS_SCHEMA,
            CounterReset.NO,
            true,
            0,
            0,
            0,
            0,
            List.of(),
            NONE,
            List.of(),
            NONE,
            bounds);
    assertThat(roundTrip(h).customValues()).containsExactly(bounds);
  }

  @Test
  void isSmallForAnIntegerHistogram() {
    NativeHistogram h =
        new NativeHistogram(
            3,
            CounterReset.UNKNOWN,
            true,
            0x1p-128,
            1,
            46,
            12.5,
            List.of(new Span(-3, 10)),
            new double[] {3, 5, 5, 4, 6, 6, 5, 4, 4, 3},
            List.of(),
            NONE,
            NONE);
    assertThat(encode(h)).hasSizeLessThan(35);
  }

  @Test
  void refusesSpansThatDoNotMatchTheBuckets() {
    NativeHistogram h =
        new NativeHistogram(
            0,
            CounterReset.UNKNOWN,
            false,
            0,
            0,
            0,
            0,
            List.of(new Span(0, 2)),
            new double[] {1},
            List.of(),
            NONE,
            NONE);
    assertThatThrownBy(() -> encode(h)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesBytesThatAreCutShort() {
    RandomHistograms random = new RandomHistograms(23);
    for (int i = 0; i < 100; i++) {
      byte[] bytes = encode(random.next());
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> NativeHistogramCodec.read(new ByteReader(cut)))
            .isInstanceOf(MalformedBytesException.class);
      }
    }
  }

  @Test
  void answersDamagedBytesWithNothingButTheDeclaredException() {
    SplittableRandom random = new SplittableRandom(5);
    RandomHistograms histograms = new RandomHistograms(29);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = encode(histograms.next());
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      readAnything(bytes);
    }
  }

  private static void readAnything(byte[] bytes) {
    try {
      NativeHistogram read = NativeHistogramCodec.read(new ByteReader(bytes));
      assertThat(read.positiveBuckets().length + read.negativeBuckets().length)
          .isLessThanOrEqualTo(bytes.length);
    } catch (MalformedBytesException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  private static NativeHistogram roundTrip(NativeHistogram h) {
    return NativeHistogramCodec.read(new ByteReader(encode(h)));
  }

  private static byte[] encode(NativeHistogram h) {
    ByteWriter out = new ByteWriter();
    NativeHistogramCodec.write(h, out);
    return out.toByteArray();
  }
}
