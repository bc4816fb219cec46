package io.lookout.ingest.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.decode.Decoded;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.WriteResult.Rejection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

class RemoteWriteDecoderTest {
  private static final Announced SNAPPY = new Announced(WireVersion.V1, ContentCoding.SNAPPY);
  private final RemoteWriteDecoder decoder = Decoders.decoder();

  private Decoded decode(Message request) {
    byte[] body = compress(request.toByteArray());
    return decoder.decode(SNAPPY, "team-a", body, body.length);
  }

  private static byte[] compress(byte[] bytes) {
    try {
      return Snappy.compress(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsSamples() {
    Decoded decoded =
        decode(
            Prompb.request(
                Prompb.series(
                    List.of(Prompb.sample(1000, 1.5), Prompb.sample(2000, -0.0)),
                    "__name__",
                    "up",
                    "job",
                    "node")));

    assertThat(decoded.rejections().isEmpty()).isTrue();
    assertThat(decoded.batch().tenant()).isEqualTo("team-a");
    assertThat(decoded.batch().seriesCount()).isOne();
    assertThat(decoded.batch().series()[0].tenant()).isEqualTo("team-a");
    assertThat(decoded.batch().series()[0].labels())
        .isEqualTo(Labels.of("__name__", "up", "job", "node"));
    assertThat(Arrays.copyOf(decoded.batch().times(), 2)).containsExactly(1000, 2000);
    assertThat(Arrays.copyOf(decoded.batch().values(), 2)).containsExactly(1.5, -0.0);
  }

  @Test
  void parsesTheLabelsOfASeriesOnce() {
    Message request = Prompb.request(Prompb.series(List.of(Prompb.sample(1, 1)), "__name__", "up"));

    Decoded first = decode(request);
    Decoded second = decode(request);

    assertThat(first.newSeries()).isOne();
    assertThat(second.newSeries()).isZero();
    assertThat(second.batch().series()[0]).isSameAs(first.batch().series()[0]);
  }

  @Test
  void keepsTenantsApart() {
    byte[] request =
        Prompb.request(Prompb.series(List.of(Prompb.sample(1, 1)), "__name__", "up")).toByteArray();

    var a = decoder.decodePlain(WireVersion.V1, "a", request, request.length).batch().series()[0];
    var b = decoder.decodePlain(WireVersion.V1, "b", request, request.length).batch().series()[0];

    assertThat(a.tenant()).isEqualTo("a");
    assertThat(b.tenant()).isEqualTo("b");
    assertThat(a.fingerprint()).isNotEqualTo(b.fingerprint());
  }

  @Test
  void takesLabelsInAnyOrderAndLeavesOutEmptyValues() {
    Decoded decoded =
        decode(
            Prompb.request(
                Prompb.series(
                    List.of(Prompb.sample(1, 1)),
                    "zone",
                    "b",
                    "__name__",
                    "up",
                    "host",
                    "",
                    "job",
                    "node")));

    assertThat(decoded.batch().series()[0].labels())
        .isEqualTo(Labels.of("__name__", "up", "job", "node", "zone", "b"));
  }

  @Test
  void namesTheSeriesThatIsRefusedAndKeepsTheRest() {
    Decoded decoded =
        decode(
            Prompb.request(
                Prompb.series(List.of(Prompb.sample(1, 1)), "__name__", "good"),
                Prompb.series(
                    List.of(Prompb.sample(1, 1), Prompb.sample(2, 1)),
                    "__name__",
                    "bad",
                    "a",
                    "1",
                    "a",
                    "2"),
                Prompb.series(List.of(Prompb.sample(1, 1)), "__name__", "fine")));

    assertThat(decoded.batch().sampleCount()).isEqualTo(2);
    assertThat(decoded.rejections().list())
        .containsExactly(
            new Rejection(
                "invalid_labels",
                2,
                "duplicate label \"a\" in series {__name__=\"bad\", a=\"1\", a=\"2\"}"));
  }

  @Test
  void refusesSeriesWithoutName() {
    Decoded decoded =
        decode(Prompb.request(Prompb.series(List.of(Prompb.sample(1, 1)), "job", "node")));

    assertThat(decoded.batch().isEmpty()).isTrue();
    assertThat(decoded.rejections().text()).isEqualTo("no metric name in series {job=\"node\"}");
  }

  @Test
  void refusesEmptyLabelNames() {
    Decoded decoded =
        decode(
            Prompb.request(Prompb.series(List.of(Prompb.sample(1, 1)), "__name__", "x", "", "v")));

    assertThat(decoded.rejections().text()).startsWith("empty label name in series {");
  }

  @Test
  void refusesLabelsThatAreNotUtf8() {
    byte[] request =
        Prompb.request(Prompb.series(List.of(Prompb.sample(1, 1)), "__name__", "up", "l", "1234"))
            .toByteArray();
    for (int i = 0; i < request.length; i++) {
      if (request[i] == '3') {
        request[i] = (byte) 0xff;
      }
    }

    Decoded decoded = decoder.decodePlain(WireVersion.V1, "t", request, request.length);

    assertThat(decoded.rejections().text())
        .isEqualTo("label is not valid UTF-8 in series {__name__=\"up\", l=\"\uFFFD\"}");
  }

  @Test
  void refusesTenThousandLabelsAndHugeValues() {
    List<String> many = new ArrayList<>(List.of("__name__", "wide"));
    for (int i = 0; i < 10_000; i++) {
      many.add("l" + (10_000 - i));
      many.add("v");
    }
    Decoded decoded =
        decode(
            Prompb.request(
                Prompb.series(List.of(Prompb.sample(1, 1)), many.toArray(String[]::new)),
                Prompb.series(
                    List.of(Prompb.sample(1, 1)), "__name__", "long", "l", "v".repeat(500_000))));

    assertThat(decoded.rejections().list())
        .extracting(Rejection::reason)
        .containsExactly("too_many_labels", "label_value_too_long");
    assertThat(decoded.rejections().text()).hasSizeLessThan(2000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithProtobufJava(long seed) throws InvalidProtocolBufferException {
    RandomRequests requests = new RandomRequests(seed);
    for (int i = 0; i < 600; i++) {
      byte[] bytes = requests.next();
      Decoded decoded = decoder.decodePlain(WireVersion.V1, "t", bytes, bytes.length);
      assertSame(
          Reading.ofBatch(decoded.batch(), decoded.rejections().samples()), Reading.ofBytes(bytes));
    }
  }

  private static void assertSame(Reading actual, Reading expected) {
    assertThat(sorted(actual.samples())).isEqualTo(sorted(expected.samples()));
    assertThat(sorted(actual.exemplars())).isEqualTo(sorted(expected.exemplars()));
    assertThat(actual.metadata()).isEqualTo(expected.metadata());
    assertThat(actual.rejected()).isEqualTo(expected.rejected());
  }

  private static List<Reading.Entry> sorted(List<Reading.Entry> entries) {
    List<Reading.Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Reading.Entry::toString));
    return Collections.unmodifiableList(sorted);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void survivesMutilatedMessages(long seed) {
    RandomRequests requests = new RandomRequests(seed);
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] bytes = mutilate(requests.next(), random);
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isBetween(400, 3_900);
  }

  /** What both readers take, they must read alike. */
  private boolean isRefused(byte[] bytes) {
    Decoded decoded;
    try {
      decoded = decoder.decodePlain(WireVersion.V1, "t", bytes, bytes.length);
    } catch (LookoutException e) {
      assertThat(e.code()).isIn(ErrorCode.BAD_DATA, ErrorCode.TOO_LARGE);
      return true;
    }
    try {
      assertSame(
          Reading.ofBatch(decoded.batch(), decoded.rejections().samples()), Reading.ofBytes(bytes));
      return false;
    } catch (InvalidProtocolBufferException e) {
      return true;
    }
  }

  private static byte[] mutilate(byte[] bytes, SplittableRandom random) {
    byte[] result = random.nextInt(3) == 0 ? cut(bytes, random) : bytes.clone();
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes && result.length > 0; i++) {
      result[random.nextInt(result.length)] = (byte) random.nextInt();
    }
    return result;
  }

  private static byte[] cut(byte[] bytes, SplittableRandom random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  @Test
  void survivesMutilatedSnappy() {
    RandomRequests requests = new RandomRequests(21);
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < 4000; i++) {
      byte[] body = mutilate(compress(requests.next()), random);
      Throwable thrown = catchThrowable(() -> decoder.decode(SNAPPY, "t", body, body.length));
      assertThat(thrown == null || thrown instanceof LookoutException)
          .withFailMessage(() -> "thrown: " + thrown)
          .isTrue();
    }
  }

  @Test
  void refusesWhatDeclaresMoreThanTheLimit() {
    byte[] body = compress(new byte[Decoders.MAX_BYTES + 1]);

    assertThatThrownBy(() -> decoder.decode(SNAPPY, "t", body, body.length))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE))
        .hasMessage("request is 1048577 bytes when decompressed, limit 1048576");
  }

  @Test
  void refusesALengthThatTheBodyCannotHold() {
    byte[] body = {(byte) 0xff, (byte) 0xff, 0x3f, 0, 0};

    assertThatThrownBy(() -> decoder.decode(SNAPPY, "t", body, body.length))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA))
        .hasMessageContaining("declares more bytes than it can hold");
  }

  @Test
  void refusesAnEmptyBody() {
    assertThatThrownBy(() -> decoder.decode(SNAPPY, "t", new byte[0], 0))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining("snappy");
  }

  @Test
  void refusesMoreEntriesThanTheLimit() {
    Message series =
        Prompb.series(
            Collections.nCopies(Decoders.MAX_ENTRIES + 1, Prompb.sample(0, 0)), "__name__", "x");
    byte[] bytes = Prompb.of(Prompb.WRITE_REQUEST, "timeseries", List.of(series)).toByteArray();

    assertThatThrownBy(() -> decoder.decodePlain(WireVersion.V1, "t", bytes, bytes.length))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE));
  }
}
