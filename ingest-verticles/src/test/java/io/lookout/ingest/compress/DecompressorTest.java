package io.lookout.ingest.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class DecompressorTest {
  private static final int CAP = 1 << 20;

  private final Decompressor decompressor = new Decompressor();

  private static byte[] compress(ContentCoding coding, byte[] plain) throws IOException {
    return switch (coding) {
      case IDENTITY -> plain;
      case SNAPPY -> Snappy.compress(plain);
      case ZSTD -> Zstd.compress(plain);
      case GZIP, DEFLATE -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
            coding == ContentCoding.GZIP
                ? new GZIPOutputStream(bytes)
                : new DeflaterOutputStream(bytes)) {
          out.write(plain);
        }
        yield bytes.toByteArray();
      }
    };
  }

  private byte[] decompress(ContentCoding coding, byte[] in) {
    int length = decompressor.decompress(coding, in, in.length, CAP);
    return Arrays.copyOf(decompressor.buffer(), length);
  }

  private static byte[] text(int size) {
    byte[] text = new byte[size];
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < size; i++) {
      text[i] = (byte) "abcdef \n".charAt(random.nextInt(8));
    }
    return text;
  }

  @Test
  void givesBackWhatWasCompressed() throws IOException {
    for (ContentCoding coding : ContentCoding.ALL) {
      for (int size : new int[] {0, 1, 1000, 70_000, CAP}) {
        byte[] plain = text(size);
        assertThat(decompress(coding, compress(coding, plain)))
            .as(coding + " " + size)
            .isEqualTo(plain);
      }
    }
  }

  @Test
  void readsDeflateWithoutZlibToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
      out.write("raw deflate".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(decompress(ContentCoding.DEFLATE, bytes.toByteArray()))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("raw deflate");
  }

  @Test
  void stopsAtTheCapWhateverTheBytesDeclare() throws IOException {
    for (ContentCoding coding : ContentCoding.ALL) {
      assertTooLarge(coding, compress(coding, new byte[CAP + 1]));
    }
    ByteArrayOutputStream undeclared = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(undeclared)) {
      out.write(new byte[64 << 20]);
    }
    assertTooLarge(ContentCoding.ZSTD, undeclared.toByteArray());
  }

  private void assertTooLarge(ContentCoding coding, byte[] body) {
    assertThatThrownBy(() -> decompress(coding, body))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
    assertThat(decompressor.buffer().length).isLessThanOrEqualTo(CAP + 1);
  }

  /** Cut, flipped and made up: a result or a refusal, and nothing else. */
  @Test
  void survivesWhateverItIsGiven() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (ContentCoding coding : ContentCoding.ALL) {
      byte[] good = compress(coding, text(5000));
      for (int round = 0; round < 300; round++) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
        for (int i = 0; i < 3 && bad.length > 0; i++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        try {
          assertThat(decompress(coding, bad).length).isLessThanOrEqualTo(CAP);
        } catch (LookoutException e) {
          assertThat(e.code()).isIn(ErrorCode.BAD_DATA, ErrorCode.TOO_LARGE);
        }
      }
    }
  }
}
