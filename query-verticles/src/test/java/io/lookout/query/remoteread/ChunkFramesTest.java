package io.lookout.query.remoteread;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.histogram.NativeHistogram;
import io.lookout.model.histogram.NativeHistogram.CounterReset;
import io.lookout.model.histogram.NativeHistogram.Span;
import io.lookout.query.remoteread.ReadRequest.ReadQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkFramesTest {
  private static final long SEED = 11;

  private static SeriesChunks series(SampleColumns samples, String... labels) {
    List<Chunk> chunks = new ChunkMerge().encode(samples, 0, samples.size, 50);
    return new SeriesChunks(SeriesKey.of("anonymous", Labels.of(labels)), chunks);
  }

  private static ReadQuery query(long minTime, long maxTime) {
    return new ReadQuery(minTime, maxTime, List.of(Matcher.equal("a", "b")));
  }

  /** The messages of a stream, each with its checksum checked. */
  static List<Message> frames(byte[] stream) throws IOException {
    List<Message> messages = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(stream);
    while (in.hasRemaining()) {
      int length = 0;
      for (int shift = 0, next = 0x80; next >= 0x80; shift += 7) {
        next = in.get() & 0xff;
        length |= (next & 0x7f) << shift;
      }
      int checksum = in.getInt();
      byte[] message = new byte[length];
      in.get(message);
      CRC32C crc = new CRC32C();
      crc.update(message);
      assertThat(checksum).isEqualTo((int) crc.getValue());
      messages.add(DynamicMessage.parseFrom(RemoteProto.type("ChunkedReadResponse"), message));
    }
    return messages;
  }

  /** All samples of all chunks, which must say truly where they begin and end. */
  static SampleColumns samples(List<Message> frames) {
    SampleColumns samples = new SampleColumns();
    for (Message frame : frames) {
      for (Message series : RemoteProto.list(frame, "chunked_series")) {
        for (Message chunk : RemoteProto.list(series, "chunks")) {
          int before = samples.size;
          ByteString data = (ByteString) RemoteProto.get(chunk, "data");
          ChunkReader.read((Integer) RemoteProto.get(chunk, "type"), data.toByteArray(), samples);
          assertThat(RemoteProto.get(chunk, "min_time_ms")).isEqualTo(samples.times[before]);
          assertThat(RemoteProto.get(chunk, "max_time_ms"))
              .isEqualTo(samples.times[samples.size - 1]);
        }
      }
    }
    return samples;
  }

  private static List<Message> sent(ReadQuery query, int maxFrame, SeriesChunks... series)
      throws IOException {
    return frames(new ChunkFrames(3, query, List.of(series), maxFrame).next(Integer.MAX_VALUE));
  }

  private static void assertSame(SampleColumns actual, SampleColumns expected) {
    assertThat(actual.size).isEqualTo(expected.size);
    for (int i = 0; i < expected.size; i++) {
      assertThat(actual.times[i]).isEqualTo(expected.times[i]);
      assertThat(Double.doubleToRawLongBits(actual.values[i]))
          .isEqualTo(Double.doubleToRawLongBits(expected.values[i]));
      assertThat(actual.histogram(i)).isEqualTo(expected.histogram(i));
    }
  }

  @Test
  void floatsArriveBitByBit() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 300; round++) {
      SampleColumns samples = new SampleColumns();
      long time = random.nextLong(-(1L << 45), 1L << 45);
      int jitter = random.nextInt(1, 40);
      for (int i = random.nextInt(300); i >= 0; i--) {
        time += 1 + random.nextLong(1L << random.nextInt(jitter));
        samples.add(
            time,
            switch (random.nextInt(5)) {
              case 0 -> SampleColumns.STALE_NAN;
              case 1 -> Double.longBitsToDouble(random.nextLong());
              case 2 -> random.nextInt(100);
              default -> round;
            });
      }
      List<Message> frames = sent(query(-(1L << 53), 1L << 53), 1 << 20, series(samples, "a", "b"));
      assertSame(samples(frames), samples);
    }
  }

  private static NativeHistogram histogram(
      SplittableRandom random, boolean integer, boolean custom, CounterReset hint, int base) {
    double[] positive = new double[3];
    double[] negative = new double[custom ? 0 : 2];
    for (int i = 0; i < 3; i++) {
      positive[i] = base + random.nextInt(5) + (integer ? 0 : 0.25);
    }
    for (int i = 0; i < negative.length; i++) {
      negative[i] = base + random.nextInt(3);
    }
    return new NativeHistogram(
        custom ? NativeHistogram.CUSTOM_BUCKETS_SCHEMA : random.nextInt(-4, 9),
        hint,
        integer,
        custom ? 0 : random.nextBoolean() ? 0x1p-128 : 0.001,
        custom ? 0 : base,
        6 * base + 40,
        random.nextDouble(),
        custom ? List.of(new Span(0, 3)) : List.of(new Span(-2, 1), new Span(3, 2)),
        positive,
        custom ? List.of() : List.of(new Span(1, 2)),
        negative,
        custom ? new double[] {0.1, 2.5, 1e9} : new double[0]);
  }

  @Test
  void histogramsOfEveryKindArrive() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 300; round++) {
      boolean integer = random.nextBoolean();
      boolean custom = random.nextBoolean();
      SampleColumns samples = new SampleColumns();
      for (int i = 0; i < 30; i++) {
        CounterReset hint = List.of(CounterReset.values()).get(random.nextInt(4));
        samples.add(i * 15_000L, histogram(random, integer, custom, hint, 10 * i));
        if (random.nextInt(10) == 0) {
          samples.add(i * 15_000L + 1, i);
        }
      }
      SampleColumns arrived = samples(sent(query(0, 1L << 50), 1 << 20, series(samples, "a", "b")));
      assertThat(arrived.size).isEqualTo(samples.size);
      for (int i = 0; i < samples.size; i++) {
        assertHistogram(arrived.histogram(i), samples.histogram(i));
      }
    }
  }

  /** Hints may say more than before, and never the opposite. */
  private static void assertHistogram(
      @Nullable NativeHistogram arrived, @Nullable NativeHistogram sent) {
    if (sent == null || arrived == null) {
      assertThat(arrived).isEqualTo(sent);
      return;
    }
    assertThat(arrived.with(sent.counterReset())).isEqualTo(sent);
    if (arrived.counterReset() != sent.counterReset()) {
      assertThat(sent.counterReset()).isEqualTo(CounterReset.UNKNOWN);
      assertThat(arrived.counterReset()).isEqualTo(CounterReset.NO);
    }
  }

  @Test
  void aResetBeginsAnotherChunk() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    SampleColumns samples = new SampleColumns();
    NativeHistogram large = histogram(random, true, true, CounterReset.UNKNOWN, 100);
    samples.add(0, large);
    samples.add(1000, large);
    samples.add(2000, histogram(random, true, true, CounterReset.UNKNOWN, 1));
    SampleColumns arrived = samples(sent(query(0, 9000), 1 << 20, series(samples, "a", "b")));
    assertThat(arrived.histogram(1)).extracting("counterReset").isEqualTo(CounterReset.NO);
    assertThat(arrived.histogram(2)).extracting("counterReset").isEqualTo(CounterReset.UNKNOWN);
  }

  @Test
  void onlySamplesOfTheRangeAreSentAndSeriesAreSorted() throws IOException {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < 10; i++) {
      samples.add(i * 1000L, i);
    }
    List<Message> frames =
        sent(query(2000, 4999), 1 << 20, series(samples, "z", "1"), series(samples, "a", "1"));
    assertThat(frames)
        .hasSize(2)
        .allSatisfy(f -> assertThat(RemoteProto.get(f, "query_index")).isEqualTo(3L));
    assertThat(frames.get(0).toString()).contains("\"a\"");
    SampleColumns first = samples(frames.subList(0, 1));
    assertThat(first.size).isEqualTo(3);
    assertThat(first.times[0]).isEqualTo(2000);
    assertThat(sent(query(20_000, 30_000), 1 << 20, series(samples, "a", "1"))).isEmpty();
  }

  @Test
  void aFrameEndsAtItsLimitAndTheNextRepeatsTheLabels() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < 1200; i++) {
      samples.add(i * 1000L, random.nextDouble());
    }
    List<Message> frames = sent(query(0, 1L << 40), 2000, series(samples, "a", "b"));
    assertThat(frames.size()).isEqualTo(4);
    for (Message frame : frames) {
      assertThat(frame.getSerializedSize()).isLessThan(4000);
      assertThat(frame.toString()).contains("\"a\"", "\"b\"");
    }
    assertSame(samples(frames), samples);
  }

  @Test
  void partsAreMadeAsTheyAreAskedFor() throws IOException {
    SampleColumns samples = new SampleColumns();
    samples.add(5, 5);
    ChunkFrames frames =
        new ChunkFrames(
            0, query(0, 9), List.of(series(samples, "a", "1"), series(samples, "a", "2")), 100);
    assertThat(frames(frames.next(1))).hasSize(1);
    assertThat(frames(frames.next(1))).hasSize(1);
    assertThat(frames.next(1)).isEmpty();
  }
}
