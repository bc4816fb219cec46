package io.lookout.model.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into a chunk comes out of it, bit by bit, whatever it is. */
class ChunkCodecTest {
  private static final long SEED = 20_240_607;

  /** The kinds of numbers that a column may be made of. */
  enum Kind {
    CONSTANT,
    COUNTER,
    COUNTER_WITH_RESETS,
    GAUGE_TWO_DECIMALS,
    LARGE_INTEGERS,
    PAGES,
    FULL_MANTISSA,
    ANY_BITS,
    SPECIALS,
    COUNTER_THEN_STALE;

    double next(SplittableRandom random, int i, double last) {
      return switch (this) {
        case CONSTANT -> 0.1;
        case COUNTER -> last + random.nextInt(1000);
        case COUNTER_WITH_RESETS -> random.nextInt(30) == 0 ? 0 : last + random.nextInt(100_000);
        case GAUGE_TWO_DECIMALS -> random.nextInt(10_000) / 100.0;
        case LARGE_INTEGERS -> (double) random.nextLong();
        case PAGES -> 4096.0 * random.nextInt(1 << 20);
        case FULL_MANTISSA -> random.nextDouble();
        case ANY_BITS -> Double.longBitsToDouble(random.nextLong());
        case SPECIALS -> SPECIAL_VALUES[random.nextInt(SPECIAL_VALUES.length)];
        case COUNTER_THEN_STALE -> i % 40 == 39 ? SampleColumns.STALE_NAN : i * 15.0;
      };
    }
  }

  private static final double[] SPECIAL_VALUES = {
    0.0,
    -0.0,
    Double.NaN,
    SampleColumns.STALE_NAN,
    Double.longBitsToDouble(0xfff8dead_beef0001L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0x1p63,
    -0x1p63,
    1e22,
    1e-7
  };

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyColumnComesBackBitByBit(Kind kind) {
    SplittableRandom random = new SplittableRandom(SEED);
    ChunkEncoder encoder = new ChunkEncoder();
    ChunkDecoder decoder = new ChunkDecoder();
    for (int round = 0; round < 400; round++) {
      SampleColumns samples = samples(kind, random, 1 + random.nextInt(round < 200 ? 5 : 700));
      SampleColumns decoded = new SampleColumns(1);
      decoder.decode(encoder.encode(samples, 0, samples.size), decoded);
      assertSame(decoded, samples);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void plainColumnsComeBackToo(Kind kind) {
    SplittableRandom random = new SplittableRandom(SEED);
    ChunkEncoder encoder = new ChunkEncoder();
    ChunkDecoder decoder = new ChunkDecoder();
    ChunkPacker packer = new ChunkPacker();
    for (int round = 0; round < 100; round++) {
      SampleColumns samples = samples(kind, random, 1 + random.nextInt(200));
      Chunk plain = encoder.plain(samples, 0, samples.size);
      Chunk packed = packer.packed(plain);
      for (Chunk each : List.of(plain, packed)) {
        SampleColumns decoded = new SampleColumns(1);
        decoder.decode(each, decoded);
        assertSame(decoded, samples);
      }
      assertThat(plain.isPlain()).isTrue();
      assertThat(packed.isPlain()).isFalse();
      assertThat(packer.packed(packed)).isSameAs(packed);
    }
  }

  private static SampleColumns samples(Kind kind, SplittableRandom random, int n) {
    SampleColumns samples = new SampleColumns();
    int timeKind = random.nextInt(4);
    long time = timeKind == 3 ? Long.MIN_VALUE + random.nextInt(100) : 1_700_000_000_000L;
    double value = 0;
    for (int i = 0; i < n; i++) {
      value = kind.next(random, i, value);
      samples.add(time, value);
      if (timeKind == 2) {
        samples.startTime(random.nextInt(3) == 0 ? time - 1000 : 0);
      }
      time +=
          switch (timeKind) {
            case 0 -> 15_000;
            case 1 -> 15_000 + random.nextInt(5);
            case 2 -> random.nextInt(20) == 0 ? 3_600_000 : 1 + random.nextInt(60_000);
            default -> Long.MAX_VALUE / n + random.nextLong(Long.MAX_VALUE / n);
          };
    }
    return samples;
  }

  @Test
  void everySpanOfTimeComesBack() {
    SampleColumns samples = new SampleColumns();
    samples.add(Long.MIN_VALUE, 1);
    samples.add(-1, 2);
    samples.add(Long.MAX_VALUE, 3);
    SampleColumns decoded = new SampleColumns();
    new ChunkDecoder().decode(new ChunkEncoder().encode(samples, 0, 3), decoded);
    assertSame(decoded, samples);
  }

  @Test
  void seriesOfTheSameTimesShareTheColumn() {
    ChunkEncoder encoder = new ChunkEncoder();
    SplittableRandom random = new SplittableRandom(SEED);
    SampleColumns a = samples(Kind.COUNTER, random, 100);
    SampleColumns b = samples(Kind.COUNTER, random, 100);
    b.times = a.times.clone();
    Chunk first = encoder.encode(a, 0, 100);
    Chunk second = encoder.encode(b, 0, 100);
    assertThat(second.times()).isSameAs(first.times());
    ChunkDecoder decoder = new ChunkDecoder();
    SampleColumns decoded = new SampleColumns();
    decoder.decode(first, new SampleColumns());
    decoder.decode(second, decoded);
    assertSame(decoded, b);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aRangeHasWhatLiesWithin(Kind kind) {
    SplittableRandom random = new SplittableRandom(SEED);
    ChunkEncoder encoder = new ChunkEncoder();
    ChunkDecoder decoder = new ChunkDecoder();
    for (int round = 0; round < 400; round++) {
      SampleColumns samples = samples(kind, random, 1 + random.nextInt(round < 200 ? 5 : 300));
      long from = near(samples, random);
      long to = near(samples, random);
      SampleColumns expected = new SampleColumns();
      expected.add(5, 5);
      for (int i = 0; i < samples.size; i++) {
        if (samples.times[i] >= from && samples.times[i] <= to) {
          ChunkMerge.append(samples, i, expected);
        }
      }
      for (Chunk chunk :
          List.of(
              encoder.encode(samples, 0, samples.size), encoder.plain(samples, 0, samples.size))) {
        SampleColumns decoded = new SampleColumns();
        decoded.add(5, 5);
        decoder.decode(chunk, from, to, decoded);
        assertSame(decoded, expected);
      }
    }
  }

  private static long near(SampleColumns samples, SplittableRandom random) {
    return samples.times[random.nextInt(samples.size)] + random.nextInt(-1, 2);
  }

  @Test
  void ordinaryMonitoringDataIsSmall() {
    assertThat(bytesOf(Kind.CONSTANT)).isLessThan(20);
    assertThat(bytesOf(Kind.COUNTER)).isLessThan(480 * 14 / 10);
    assertThat(bytesOf(Kind.GAUGE_TWO_DECIMALS)).isLessThan(480 * 19 / 10);
    assertThat(bytesOf(Kind.ANY_BITS)).isLessThan(480 * 83 / 10);
  }

  private static int bytesOf(Kind kind) {
    SplittableRandom random = new SplittableRandom(SEED);
    SampleColumns samples = new SampleColumns();
    double value = 0;
    for (int i = 0; i < 480; i++) {
      value = kind.next(random, i, value);
      samples.add(1_700_000_000_000L + i * 15_000L, value);
    }
    return new ChunkEncoder().encode(samples, 0, 480).encodedBytes();
  }

  @Test
  void damagedBytesEndInADeclaredFailureOrInSamples() {
    SplittableRandom random = new SplittableRandom(SEED);
    ChunkEncoder encoder = new ChunkEncoder();
    int failures = 0;
    for (int round = 0; round < 20_000; round++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      SampleColumns samples = samples(kind, random, 1 + random.nextInt(150));
      Chunk chunk = encoder.encode(samples, 0, samples.size);
      Chunk damaged =
          new Chunk(
              random.nextInt(10) == 0 ? 1 + random.nextInt(Integer.MAX_VALUE - 1) : chunk.count(),
              chunk.minTime(),
              chunk.maxTime(),
              damage(chunk.times(), random),
              damage(chunk.values(), random),
              chunk.startTimes());
      try {
        new ChunkDecoder().decode(damaged, new SampleColumns());
      } catch (LookoutException e) {
        assertThat(e).hasMessageStartingWith("corrupt chunk: ");
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(1000);
  }

  private static Slice damage(Slice slice, SplittableRandom random) {
    byte[] bytes = slice.toByteArray();
    switch (random.nextInt(4)) {
      case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
      default -> {
        for (int i = 0; i < 4; i++) {
          bytes[random.nextInt(Math.min(8, bytes.length))] = (byte) random.nextInt();
        }
      }
    }
    return Slice.of(bytes);
  }

  static void assertSame(SampleColumns actual, SampleColumns expected) {
    assertThat(actual.size).isEqualTo(expected.size);
    for (int i = 0; i < expected.size; i++) {
      boolean same =
          actual.times[i] == expected.times[i]
              && Double.doubleToRawLongBits(actual.values[i])
                  == Double.doubleToRawLongBits(expected.values[i])
              && actual.startTimeAt(i) == expected.startTimeAt(i)
              && java.util.Objects.equals(actual.histogram(i), expected.histogram(i));
      if (!same) {
        assertThat(actual.times[i]).as("time " + i).isEqualTo(expected.times[i]);
        assertThat(Double.doubleToRawLongBits(actual.values[i]))
            .as("bits " + i)
            .isEqualTo(Double.doubleToRawLongBits(expected.values[i]));
        assertThat(actual.startTimeAt(i)).as("start " + i).isEqualTo(expected.startTimeAt(i));
        assertThat(actual.histogram(i)).isEqualTo(expected.histogram(i));
      }
    }
  }
}
