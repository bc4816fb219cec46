package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.lookout.model.ErrorCode;
import io.lookout.model.Labels;
import io.lookout.query.remoteread.RemoteProto;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class RemoteReadTest {
  private ApiFixture api = new ApiFixture();

  @BeforeEach
  void fill() {
    api.storage
        .add(Labels.of("__name__", "up", "job", "b"), 15_000, 0, 0, 0, 0, 0)
        .add(Labels.of("__name__", "up", "job", "a"), 15_000, 1, 1, 0.5, 1, 1)
        .add(Labels.of("__name__", "down", "job", "a"), 15_000, 7);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static DynamicMessage query(long start, long end, int type, String value) {
    DynamicMessage matcher =
        RemoteProto.of("LabelMatcher", "type", type, "name", "__name__", "value", value);
    return RemoteProto.of(
        "Query",
        "start_timestamp_ms",
        start,
        "end_timestamp_ms",
        end,
        "matchers",
        List.of(matcher));
  }

  private HttpResponse<byte[]> read(List<Integer> accepted, DynamicMessage... queries)
      throws IOException {
    DynamicMessage request =
        RemoteProto.of(
            "ReadRequest", "queries", List.of(queries), "accepted_response_types", accepted);
    return send(Snappy.compress(request.toByteArray()));
  }

  private HttpResponse<byte[]> send(byte[] body) {
    return api.send(
        api.request("/api/v1/read")
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void samplesOfAllQueriesComeInOneMessage() throws IOException {
    HttpResponse<byte[]> response =
        read(List.of(), query(15_000, 30_000, 0, "up"), query(0, 99_000, 2, "d.*"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-protobuf");
    assertThat(response.headers().firstValue("Content-Encoding")).contains("snappy");
    Message answer =
        DynamicMessage.parseFrom(
            RemoteProto.type("ReadResponse"), Snappy.uncompress(response.body()));
    List<Message> results = RemoteProto.list(answer, "results");
    assertThat(results).hasSize(2);
    List<Message> up = RemoteProto.list(results.get(0), "timeseries");
    assertThat(up).hasSize(2);
    assertThat(up.get(0).toString().replaceAll("\\s+", " "))
        .isEqualTo(
            "labels { name: \"__name__\" value: \"up\" } labels { name: \"job\" value: \"a\" }"
                + " samples { value: 1.0 timestamp: 15000 }"
                + " samples { value: 0.5 timestamp: 30000 } ");
    assertThat(RemoteProto.list(results.get(1), "timeseries")).hasSize(1);
  }

  @Test
  void nothingFoundIsAnEmptyResult() throws IOException {
    HttpResponse<byte[]> response = read(List.of(0), query(99_000, 1_000, 0, "up"));
    Message answer =
        DynamicMessage.parseFrom(
            RemoteProto.type("ReadResponse"), Snappy.uncompress(response.body()));
    assertThat(RemoteProto.list(answer, "results")).hasSize(1);
    assertThat(read(List.of(1), query(0, 1, 0, "nothing")).body()).isEmpty();
  }

  @Test
  void chunksAreStreamedToWhoTakesThem() throws IOException {
    HttpResponse<byte[]> response =
        read(List.of(1, 0), query(0, 99_000, 0, "down"), query(0, 99_000, 0, "up"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse");
    byte[] frame = response.body();
    byte[] first = Arrays.copyOfRange(frame, 5, 5 + frame[0]);
    Message down = DynamicMessage.parseFrom(RemoteProto.type("ChunkedReadResponse"), first);
    assertThat(RemoteProto.get(down, "query_index")).isEqualTo(0L);
    assertThat(RemoteProto.list(down, "chunked_series")).hasSize(1);
    assertThat(text(response)).contains("down", "job").contains("up");
  }

  @Test
  void badRequestsAreToldAsText() throws IOException {
    HttpResponse<byte[]> response = send("no snappy".getBytes(StandardCharsets.UTF_8));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(read(List.of(9), query(0, 1, 0, "up")).statusCode()).isEqualTo(400);
    assertThat(text(read(List.of(), query(0, 1, 2, "(")))).contains("error parsing regexp");
    assertThat(send(new byte[11 << 20]).statusCode()).isEqualTo(413);
  }

  @Test
  void limitsAreNamed() throws IOException {
    api.close();
    api = new ApiFixture("query.read.samples.max=7");
    fill();
    HttpResponse<byte[]> response = read(List.of(), query(0, 99_000, 0, "up"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("exceeded sample limit (7)", "query.read.samples.max");
    assertThat(read(List.of(1), query(0, 99_000, 0, "up")).statusCode()).isEqualTo(200);
  }

  @Test
  void storageThatFailsIsAnError() throws IOException {
    api.storage.failWith(ErrorCode.UNAVAILABLE, "shard 3 is closed");
    for (int type : new int[] {0, 1}) {
      HttpResponse<byte[]> response = read(List.of(type), query(0, 99_000, 0, "up"));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(text(response)).contains("shard 3 is closed");
    }
    assertThat(api.meters.get("lookout.query.running").gauge().value()).isZero();
  }
}
