package io.lookout.model.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.SampleColumns;
import io.lookout.model.SeriesKey;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.chunk.Chunk;
import io.lookout.model.chunk.ChunkEncoder;
import io.lookout.model.chunk.ChunkMerge;
import io.lookout.model.chunk.Slice;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireFormTest {
  private static final int SEEDS = 300;

  @SuppressWarnings("unchecked")
  private static WireForm<Object> formOf(Object message) {
    return (WireForm<Object>)
        WireForms.all().stream()
            .filter(form -> form.type() == message.getClass())
            .findFirst()
            .orElseThrow();
  }

  private static byte[] encode(Object message) {
    ByteWriter out = new ByteWriter();
    formOf(message).encode(message, out);
    return out.toByteArray();
  }

  private static Object decode(Object like, byte[] bytes) {
    return formOf(like).decode(bytes, 0, bytes.length);
  }

  @Test
  void everyMessageComesBack() {
    for (long seed = 0; seed < SEEDS; seed++) {
      for (Object message : new RandomMessages(seed).oneOfEach()) {
        byte[] bytes = encode(message);
        Object back = decode(message, bytes);
        assertThat(encode(back)).as("%s of seed %d", message, seed).isEqualTo(bytes);
        if (!(message instanceof WriteBatch || message instanceof SelectResult)) {
          assertThat(back).isEqualTo(message);
        }
      }
    }
  }

  @Test
  void everyMessageIsTried() {
    Set<Class<?>> tried = new HashSet<>();
    new RandomMessages(0).oneOfEach().forEach(message -> tried.add(message.getClass()));
    assertThat(tried).hasSameSizeAs(WireForms.all());
    assertThat(WireForms.all()).extracting(WireForm::name).doesNotHaveDuplicates();
  }

  @Test
  void aBatchKeepsItsColumns() {
    for (long seed = 0; seed < SEEDS; seed++) {
      WriteBatch batch = new RandomMessages(seed).writeBatch();
      WriteBatch back = (WriteBatch) decode(batch, encode(batch));
      assertThat(back.tenant()).isEqualTo(batch.tenant());
      assertThat(Arrays.copyOf(back.series(), back.seriesCount()))
          .isEqualTo(Arrays.copyOf(batch.series(), batch.seriesCount()));
      int n = batch.sampleCount();
      assertThat(back.sampleCount()).isEqualTo(n);
      assertThat(Arrays.copyOf(back.seriesOf(), n)).isEqualTo(Arrays.copyOf(batch.seriesOf(), n));
      assertThat(Arrays.copyOf(back.times(), n)).isEqualTo(Arrays.copyOf(batch.times(), n));
      for (int i = 0; i < n; i++) {
        assertThat(Double.doubleToRawLongBits(back.values()[i]))
            .isEqualTo(Double.doubleToRawLongBits(batch.values()[i]));
      }
      assertThat(back.exemplars()).isEqualTo(batch.exemplars());
      assertThat(back.metadata()).isEqualTo(batch.metadata());
    }
  }

  @Test
  void sharedTimeColumnsStayShared() {
    Slice times = Slice.of(new byte[] {1, 2, 3});
    Chunk a = new Chunk(2, 10, 20, times, Slice.of(new byte[] {4}), null);
    Chunk b = new Chunk(2, 10, 20, times, Slice.of(new byte[] {5, 6}), null);
    SelectResult result =
        new SelectResult(
            List.of(
                new SeriesChunks(SeriesKey.of("t", Labels.of("a", "1")), List.of(a)),
                new SeriesChunks(SeriesKey.of("t", Labels.of("a", "2")), List.of(b))),
            "");
    SelectResult back = (SelectResult) decode(result, encode(result));
    Chunk first = back.series().get(0).chunks().get(0);
    Chunk second = back.series().get(1).chunks().get(0);
    assertThat(first.times()).isSameAs(second.times());
    assertThat(first.times().toByteArray()).containsExactly(1, 2, 3);
    assertThat(second.values().toByteArray()).containsExactly(5, 6);
  }

  @Test
  void plainColumnsArePackedOnTheirWay() {
    SampleColumns samples = new SampleColumns();
    for (int i = 0; i < 100; i++) {
      samples.add(i * 15_000L, i);
    }
    Chunk plain = new ChunkEncoder().plain(samples, 0, 100);
    SeriesKey key = SeriesKey.of("t", Labels.of("a", "1"));
    SelectResult result = new SelectResult(List.of(new SeriesChunks(key, List.of(plain))), "");
    byte[] bytes = encode(result);
    SelectResult back = (SelectResult) decode(result, bytes);
    SampleColumns received = new ChunkMerge().samples(back.series().getFirst().chunks());
    assertThat(bytes.length).isLessThan(200);
    assertThat(Arrays.copyOf(received.values, received.size))
        .isEqualTo(Arrays.copyOf(samples.values, samples.size));
  }

  @Test
  void bytesThatEndEarlyAreRefused() {
    for (Object message : new RandomMessages(7).oneOfEach()) {
      byte[] bytes = encode(message);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> decode(message, cut)).isInstanceOf(LookoutException.class);
      }
    }
  }

  @Test
  void bytesAfterTheMessageAreRefused() {
    byte[] bytes = encode(new SelectNext("c"));
    assertThatThrownBy(() -> decode(new SelectNext("c"), Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessage("1 bytes after message lookout.select.next");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> decode(new SelectNext("c"), new byte[] {2, 0, 1, 'c'}))
        .hasMessage("message lookout.select.next of version 2, known is 1");
  }

  @Test
  void damagedBytesNeverEscapeAsAnotherException() {
    SplittableRandom random = new SplittableRandom(11);
    for (long seed = 0; seed < SEEDS; seed++) {
      for (Object message : new RandomMessages(seed).oneOfEach()) {
        byte[] bytes = encode(message);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        decodeOrRefuse(message, bytes);
      }
    }
  }

  private static void decodeOrRefuse(Object message, byte[] bytes) {
    try {
      assertThat(decode(message, bytes)).isInstanceOf(message.getClass());
    } catch (LookoutException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }
}
