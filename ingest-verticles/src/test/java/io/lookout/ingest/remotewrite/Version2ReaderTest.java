package io.lookout.ingest.remotewrite;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DynamicMessage;
import io.lookout.ingest.decode.Decoded;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.MetricMetadata;
import io.lookout.model.bus.WriteResult.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Version2ReaderTest {
  private final RemoteWriteDecoder decoder = Decoders.decoder();

  private Decoded decode(byte[] message) {
    return decoder.decodePlain(WireVersion.V2, "t", message, message.length);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void saysTheSameAsVersion1(long seed) throws IOException {
    RandomRequests requests = new RandomRequests(seed);
    for (int i = 0; i < 500; i++) {
      byte[] version1 = requests.next();
      var message = DynamicMessage.parseFrom(Prompb.WRITE_REQUEST, version1);
      Decoded decoded = decode(Prompb2.request(message));
      Reading actual = Reading.ofBatch(decoded.batch(), rejectedSamples(decoded));
      Reading expected = Reading.ofBytes(version1);
      assertThat(sorted(actual.samples())).isEqualTo(sorted(expected.samples()));
      assertThat(sorted(actual.exemplars())).isEqualTo(sorted(expected.exemplars()));
      assertThat(actual.rejected()).isEqualTo(expected.rejected());
    }
  }

  /** Exemplars, of which version 1 says nothing, do not count. */
  private static int rejectedSamples(Decoded decoded) {
    return decoded.rejections().list().stream()
        .filter(each -> !each.reason().equals("invalid_exemplar"))
        .mapToInt(Rejection::samples)
        .sum();
  }

  private static List<Reading.Entry> sorted(List<Reading.Entry> entries) {
    return entries.stream().sorted(Comparator.comparing(Reading.Entry::toString)).toList();
  }

  /** Symbols "", __name__, m_bucket, help, seconds, and one series of these fields. */
  private static byte[] request(byte[]... fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (String symbol : new String[] {"", "__name__", "m_bucket", "help", "seconds"}) {
      out.writeString(4, symbol);
    }
    ByteArrayOutputStream series = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      series.writeBytes(field);
    }
    out.writeByteArray(5, series.toByteArray());
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final byte[] LABELS = ascii("\n\2\1\2");
  private static final byte[] SAMPLE = ascii("\22\2\20\5");

  @Test
  void readsStartTimesWhereTheyWereAndWhereTheyAre() throws IOException {
    byte[] sampleWithStart = ascii("\22\4\20\6\30\3");
    byte[] created = ascii("\60\2");
    Decoded decoded = decode(request(LABELS, SAMPLE, sampleWithStart, created));

    assertThat(requireNonNull(decoded.batch().startTimes())).startsWith(2, 3);
    assertThat(decoded.batch().times()).startsWith(5, 6);
  }

  @Test
  void tellsMetadataOnceAndByFamily() throws IOException {
    byte[] metadata = ascii("\52\6\10\3\30\3\40\4");
    byte[] request = request(LABELS, SAMPLE, metadata);

    assertThat(decode(request).batch().metadata())
        .containsExactly(new MetricMetadata("m", "histogram", "help", "seconds"));
    assertThat(decode(request).batch().metadata()).isEmpty();
  }

  @Test
  void refusesReferencesThatPointNowhereOrAreOdd() throws IOException {
    assertThat(decode(request(ascii("\n\2\1\5"), SAMPLE)).rejections().text())
        .isEqualTo("label reference 5 where there are 5 symbols");
    assertThat(decode(request(ascii("\n\1\1"), SAMPLE)).rejections().text())
        .isEqualTo("odd number of label references: 1");
  }

  /** No success may hide that something was not written, says the specification. */
  @Test
  void refusesExemplarsThatCannotBe() throws IOException {
    byte[] odd = ascii("\"\3\n\1\1");
    byte[] nowhere = ascii("\"\4\n\2\1\5");
    byte[] good = ascii("\"\4\n\2\3\4");
    Decoded decoded = decode(request(LABELS, SAMPLE, odd, nowhere, good));

    assertThat(decoded.batch().sampleCount()).isOne();
    assertThat(decoded.batch().exemplars()).hasSize(1);
    assertThat(decoded.rejections().list())
        .singleElement()
        .satisfies(only -> {
          assertThat(only.reason()).isEqualTo("invalid_exemplar");
          assertThat(only.samples()).isEqualTo(2);
          assertThat(only.message()).contains("exemplar").contains("m_bucket");
        });
  }

  @Test
  void looksUpSeriesThatItKnows() throws IOException {
    byte[] request = request(LABELS, SAMPLE);

    assertThat(decode(request).newSeries()).isOne();
    assertThat(decode(request).newSeries()).isZero();
  }

  @Test
  void survivesMutilatedMessages() throws IOException {
    RandomRequests requests = new RandomRequests(31);
    SplittableRandom random = new SplittableRandom(31);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      var message = DynamicMessage.parseFrom(Prompb.WRITE_REQUEST, requests.next());
      byte[] bytes = Prompb2.request(message);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isBetween(400, 3900);
  }

  private boolean isRefused(byte[] bytes) {
    try {
      return !decode(bytes).rejections().isEmpty();
    } catch (LookoutException e) {
      assertThat(e.code()).isIn(ErrorCode.BAD_DATA, ErrorCode.TOO_LARGE);
      return true;
    }
  }
}
