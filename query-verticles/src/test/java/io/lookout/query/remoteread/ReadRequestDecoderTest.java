package io.lookout.query.remoteread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DynamicMessage;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.query.remoteread.ReadRequest.ReadQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class ReadRequestDecoderTest {
  private static final long SEED = 7;

  private final ReadRequestDecoder decoder = new ReadRequestDecoder(1 << 20, 20);

  static DynamicMessage matcher(int type, String name, String value) {
    return RemoteProto.of("LabelMatcher", "type", type, "name", name, "value", value);
  }

  static DynamicMessage query(long start, long end, DynamicMessage... matchers) {
    return RemoteProto.of(
        "Query",
        "start_timestamp_ms",
        start,
        "end_timestamp_ms",
        end,
        "matchers",
        List.of(matchers),
        "hints",
        RemoteProto.of("ReadHints", "step_ms", 15L, "func", "rate", "grouping", List.of("job")));
  }

  static byte[] request(List<Integer> accepted, DynamicMessage... queries) throws IOException {
    return Snappy.compress(
        RemoteProto.of(
                "ReadRequest", "queries", List.of(queries), "accepted_response_types", accepted)
            .toByteArray());
  }

  @Test
  void whatProtobufWritesIsRead() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 500; round++) {
      List<ReadQuery> expected = new ArrayList<>();
      List<DynamicMessage> queries = new ArrayList<>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        long start = random.nextLong(-(1L << 50), 1L << 50);
        long end = random.nextLong(-(1L << 50), 1L << 50);
        List<Matcher> matchers = new ArrayList<>();
        List<DynamicMessage> messages = new ArrayList<>();
        for (int m = random.nextInt(3); m >= 0; m--) {
          int type = random.nextInt(4);
          String name = "näme" + random.nextInt(10);
          String value = random.nextBoolean() ? "" : "a.*|b" + random.nextInt();
          matchers.add(new Matcher(List.of(Matcher.Type.values()).get(type), name, value));
          messages.add(matcher(type, name, value));
        }
        expected.add(new ReadQuery(start, end, matchers));
        queries.add(query(start, end, messages.toArray(new DynamicMessage[0])));
      }
      boolean streamed = random.nextBoolean();
      byte[] body =
          request(streamed ? List.of(1, 0) : List.of(), queries.toArray(new DynamicMessage[0]));
      assertThat(decoder.decode(body)).isEqualTo(new ReadRequest(expected, streamed));
    }
  }

  @Test
  void theFirstKnownTypeOfTheListIsTaken() throws IOException {
    assertThat(decoder.decode(request(List.of(0, 1))).streamed()).isFalse();
    assertThat(decoder.decode(request(List.of(7, 1, 0))).streamed()).isTrue();
    byte[] unpacked = {2 << 3, 1};
    assertThat(decoder.decode(Snappy.compress(unpacked)).streamed()).isTrue();
    assertThatThrownBy(() -> decoder.decode(request(List.of(7))))
        .hasMessageContaining("does not support any of the requested response types: [7]");
  }

  @Test
  void timesAtTheEndsOf64BitsAreTaken() throws IOException {
    ReadQuery query =
        decoder
            .decode(request(List.of(), query(Long.MIN_VALUE, Long.MAX_VALUE, matcher(0, "a", "b"))))
            .queries()
            .get(0);
    assertThat(query.minTime()).isEqualTo(-(1L << 53));
    assertThat(query.maxTime()).isEqualTo(1L << 53);
  }

  @Test
  void whatIsNoRequestIsBadData() throws IOException {
    assertBad(new byte[0], "snappy");
    assertBad(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x7f, 1}, "query.body.max");
    assertBad(Snappy.compress(new byte[] {10, 100, 1}), "no read request");
    assertBad(request(List.of(), query(0, 1)), "no matchers");
    assertBad(request(List.of(), query(0, 1, matcher(9, "a", "b"))), "matcher type");
    assertBad(request(List.of(), query(0, 1, matcher(2, "a", "("))), "");
    byte[] noUtf8 = {10, 6, 26, 4, 18, 2, (byte) 0xc3, 1};
    assertBad(Snappy.compress(noUtf8), "UTF-8");
  }

  private void assertBad(byte[] body, String message) {
    assertThatThrownBy(() -> decoder.decode(body))
        .isInstanceOfSatisfying(
            LookoutException.class,
            e -> assertThat(e.code()).isIn(ErrorCode.BAD_DATA, ErrorCode.TOO_LARGE))
        .hasMessageContaining(message);
  }

  @Test
  void limitsAreKept() throws IOException {
    DynamicMessage[] many = new DynamicMessage[21];
    Arrays.fill(many, query(0, 1, matcher(0, "a", "b")));
    assertBad(request(List.of(), many), "query.read.queries.max (20)");
    assertBad(Snappy.compress(new byte[2 << 20]), "query.body.max");
  }

  @Test
  void damagedRequestsFailAsBadDataOnly() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] good =
        Snappy.uncompress(
            request(
                List.of(1, 0),
                query(5, 500, matcher(0, "__name__", "up"), matcher(2, "job", "a|b.*")),
                query(-5, 1L << 40, matcher(3, "instance", "x+"))));
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(good, random.nextInt(good.length + 8));
      for (int n = random.nextInt(4); n > 0 && damaged.length > 0; n--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      byte[] body = random.nextInt(8) == 0 ? damaged : Snappy.compress(damaged);
      try {
        decoder.decode(body);
      } catch (LookoutException e) {
        assertThat(e.code()).isIn(ErrorCode.BAD_DATA, ErrorCode.TOO_LARGE);
      }
    }
  }
}
