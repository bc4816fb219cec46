package io.lookout.model.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
  @Test
  void everyNumberComesBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      ByteWriter out = new ByteWriter(1);
      out.putVarLong(number).putZigZag(number).putLong(number).putInt((int) number);
      out.putDouble(Double.longBitsToDouble(number)).putByte((int) number);
      ByteReader in = new ByteReader(out.array(), 0, out.size());
      assertThat(in.readVarLong()).isEqualTo(number);
      assertThat(in.readZigZag()).isEqualTo(number);
      assertThat(in.readLong()).isEqualTo(number);
      assertThat(in.readInt()).isEqualTo((int) number);
      assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(number);
      assertThat(in.readByte()).isEqualTo((int) number & 0xff);
      assertThat(in.remaining()).isZero();
    }
  }

  @Test
  void textComesBack() {
    ByteWriter out = new ByteWriter();
    out.putText("Käse ☃ 🦆").putText("");
    ByteReader in = new ByteReader(out.toByteArray());
    assertThat(in.readText()).isEqualTo("Käse ☃ 🦆");
    assertThat(in.readText()).isEmpty();
  }

  @Test
  void anIntIsReplacedInPlace() {
    ByteWriter out = new ByteWriter();
    out.putInt(0).putByte(9);
    out.setInt(0, 77);
    assertThat(new ByteReader(out.toByteArray()).readInt()).isEqualTo(77);
    assertThatThrownBy(() -> out.setInt(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void countsBeyondTheBytesAreRefused() {
    ByteWriter out = new ByteWriter();
    out.putVarLong(1L << 40).putLong(0);
    assertThatThrownBy(() -> new ByteReader(out.toByteArray()).readCount(1))
        .isInstanceOf(MalformedBytesException.class);
    ByteWriter negative = new ByteWriter();
    negative.putVarLong(-1);
    assertThatThrownBy(() -> new ByteReader(negative.toByteArray()).readText())
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void varintsOfMoreThan64BitsAreRefused() {
    byte[] bytes = new byte[11];
    java.util.Arrays.fill(bytes, (byte) 0xff);
    assertThatThrownBy(() -> new ByteReader(bytes).readVarLong())
        .isInstanceOf(MalformedBytesException.class);
  }
}
