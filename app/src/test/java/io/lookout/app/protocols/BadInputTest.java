package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

/** What no client should send, in every protocol: status, words, and the counter. */
class BadInputTest {
  private static final int BODY_LIMIT = 4 << 20;
  private static final int DECOMPRESSED_LIMIT = 8 << 20;
  private static final long DAY = 86_400_000;

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(
            directory,
            "ingest.body.limit=4MiB",
            "ingest.body.decompressed.limit=8MiB",
            "ingest.labels.value.length=1024");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  static List<Wire> wires() {
    return Wire.all();
  }

  static List<Wire> bodies() {
    return Wire.ofBodies();
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static HttpResponse<String> send(Wire wire, byte[] body) throws IOException {
    return wire.coding().isEmpty()
        ? sendAs(wire, body, "")
        : sendAs(wire, Snappy.compress(body), wire.coding());
  }

  private static HttpResponse<String> sendAs(Wire wire, byte[] body, String coding) {
    List<String> headers = new ArrayList<>(wire.headers());
    if (!coding.isEmpty()) {
      headers.addAll(List.of("Content-Encoding", coding));
    }
    return lookout.post(wire.path(), body, headers.toArray(new String[0]));
  }

  /** The body of an answer, and the header that SOFALookout's clients read. */
  private static String words(HttpResponse<String> response) {
    return response.body() + response.headers().firstValue("Err").orElse("");
  }

  /** Sends one bad thing and sees that it is told and counted. */
  private static String refused(Wire wire, byte[] body, int status, String... reasons)
      throws IOException {
    double before = counted(wire, reasons);
    HttpResponse<String> response = send(wire, body);
    assertThat(response.statusCode()).as(words(response)).isEqualTo(status);
    assertThat(counted(wire, reasons)).as("counted, %s", words(response)).isGreaterThan(before);
    return words(response);
  }

  private static double counted(Wire wire, String... reasons) {
    return Arrays.stream(reasons)
        .mapToDouble(each -> lookout.rejected(wire.protocol(), each))
        .sum();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void malformed(Wire wire) throws IOException {
    int status = wire.protocol().equals("sofalookout") ? 200 : 400;
    String words =
        refused(wire, wire.malformed().getBytes(StandardCharsets.UTF_8), status, "malformed");
    assertThat(words).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void truncated(Wire wire) throws IOException {
    byte[] body = wire.body(Point.of(wire.metric("truncated"), now()).with("a", "b"));
    byte[] packed = wire.coding().isEmpty() ? gzip(body) : Snappy.compress(body);
    String coding = wire.coding().isEmpty() ? "gzip" : wire.coding();
    double before = counted(wire, "malformed");

    HttpResponse<String> response =
        sendAs(wire, Arrays.copyOf(packed, packed.length * 3 / 4), coding);

    assertThat(response.statusCode()).as(words(response)).isEqualTo(400);
    assertThat(words(response)).containsIgnoringCase(coding);
    assertThat(counted(wire, "malformed")).isGreaterThan(before);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void oversized(Wire wire) {
    double before = counted(wire, "too_large");
    HttpResponse<String> response = sendAs(wire, new byte[BODY_LIMIT + 1], wire.coding());

    assertThat(response.statusCode()).as(words(response)).isEqualTo(413);
    assertThat(words(response)).contains(Integer.toString(BODY_LIMIT));
    assertThat(counted(wire, "too_large")).isGreaterThan(before);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bombs(Wire wire) throws IOException {
    byte[] zeros = new byte[DECOMPRESSED_LIMIT + 1];
    double before = counted(wire, "too_large");
    byte[] packed = wire.coding().isEmpty() ? gzip(zeros) : Snappy.compress(zeros);
    String coding = wire.coding().isEmpty() ? "gzip" : wire.coding();

    HttpResponse<String> response = sendAs(wire, packed, coding);

    assertThat(response.statusCode()).as(words(response)).isEqualTo(413);
    assertThat(words(response)).contains("decompressed");
    assertThat(counted(wire, "too_large")).isGreaterThan(before);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void unknownCodings(Wire wire) {
    double before = counted(wire, "unsupported");
    HttpResponse<String> response =
        sendAs(wire, wire.body(Point.of(wire.metric("coding"), now())), "br");

    assertThat(response.statusCode()).as(words(response)).isEqualTo(415);
    assertThat(words(response)).contains("br");
    assertThat(counted(wire, "unsupported")).isGreaterThan(before);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void wrongEncodings(Wire wire) throws IOException {
    byte[] body = wire.body(Point.of(wire.metric("utf8"), now()).with("city", "Z@rich"));
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '@' ? (byte) 0xfc : body[i];
    }
    boolean whole =
        List.of("text_import", "pushgateway", "opentsdb", "otlp").contains(wire.protocol());
    String words = refused(wire, body, whole ? 400 : wire.partial(), "malformed", "invalid_labels");
    assertThat(words).containsIgnoringCase("UTF-8");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void emptyNames(Wire wire) throws IOException {
    Point nameless = Point.of("", now()).with("a", "b");
    boolean whole = List.of("text_import", "pushgateway").contains(wire.protocol());
    refused(
        wire,
        wire.body(nameless),
        whole ? 400 : wire.partial(),
        "invalid_labels",
        "malformed",
        "invalid_value");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void duplicateLabels(Wire wire) throws IOException {
    Point twice = Point.of(wire.metric("twice"), now()).with("kind", "b", "kind", "c");
    if (wire.protocol().equals("otlp")) {
      // Attributes whose names become one label are put together, as Prometheus does.
      assertThat(send(wire, wire.body(twice)).statusCode()).isEqualTo(wire.success());
      assertThat(lookout.value("{__name__='" + twice.name() + "',kind='b;c'}")).isOne();
      return;
    }
    if (wire.protocol().equals("metricbeat")) {
      // The second is told apart by its whole path, as any two fields of an event are.
      assertThat(send(wire, wire.body(twice)).statusCode()).isEqualTo(wire.success());
      assertThat(lookout.value(twice.name() + "{kind='b',prometheus_labels_kind='c'}")).isOne();
      return;
    }
    String words = refused(wire, wire.body(twice), wire.partial(), "invalid_labels", "malformed");
    assertThat(words).contains("kind");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void tenThousandLabels(Wire wire) throws IOException {
    String[] labels = new String[20_000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = "l" + i;
    }
    Point wide = Point.of(wire.metric("wide"), now()).with(labels);
    if (wire.protocol().equals("metricbeat")) {
      assertThat(refused(wire, wire.body(wide), wire.partial(), "malformed"))
          .contains("an event has more than 4096 values");
      return;
    }
    String words = refused(wire, wire.body(wide), wire.partial(), "too_many_labels");
    assertThat(words).contains("ingest.labels.count");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void valuesOfOneMebibyte(Wire wire) throws IOException {
    Point heavy = Point.of(wire.metric("heavy"), now()).with("a", "x".repeat(1 << 20));
    String words = refused(wire, wire.body(heavy), wire.partial(), "label_value_too_long");
    assertThat(words).contains("ingest.labels.value.length").hasSizeLessThan(5000);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void farFutures(Wire wire) throws IOException {
    Point ahead = Point.of(wire.metric("future"), now() + 365 * DAY);
    if (wire.protocol().equals("pushgateway")) {
      // Pushed samples have no times of their own; one that has is refused.
      byte[] timed = PointWriter.text(List.of(ahead), true);
      assertThat(refused(wire, timed, 400, "malformed")).contains("timestamps");
      return;
    }
    String words = refused(wire, wire.body(ahead), wire.partial(), "too_far_in_future");
    assertThat(words).contains("ingest.future.limit");
  }

  @ParameterizedTest
  @MethodSource("wires")
  void farPasts(Wire wire) throws IOException {
    HttpResponse<String> response =
        send(wire, wire.body(Point.of(wire.metric("past"), 1_000 * DAY)));
    assertThat(response.statusCode()).as(words(response)).isEqualTo(wire.success());
  }

  @ParameterizedTest
  @MethodSource("wires")
  void mixedGoodAndBad(Wire wire) throws IOException {
    String name = wire.metric("mixed");
    byte[] body =
        wire.body(
            Point.of(name, now()).with("is", "good"),
            Point.of(name, now()).with("is", "x".repeat(2000)),
            Point.of(name, now()).with("is", "fine"));
    String words = refused(wire, body, wire.partial(), "label_value_too_long");

    assertThat(words).contains("ingest.labels.value.length");
    assertThat(lookout.value("count({__name__='" + name + "',is=~'good|fine'})")).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("wires")
  void infinity(Wire wire) throws IOException {
    Point infinite = Point.of(wire.metric("infinite"), now()).worth("+Inf");
    switch (wire.protocol()) {
      // Neither line protocol nor JSON has a word for it.
      case "influxdb", "sofalookout", "metricbeat" ->
          refused(wire, wire.body(infinite), wire.partial(), "malformed");
      case "opentsdb" ->
          assertThat(refused(wire, wire.body(infinite), 400, "invalid_value"))
              .contains("value is NaN or Infinite");
      default -> {
        assertThat(send(wire, wire.body(infinite)).statusCode()).isEqualTo(wire.success());
        assertThat(lookout.value(infinite.name())).isInfinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("wires")
  void notANumber(Wire wire) throws IOException {
    Point nan = Point.of(wire.metric("nan"), now()).worth("NaN");
    switch (wire.protocol()) {
      case "influxdb" -> refused(wire, wire.body(nan), wire.partial(), "malformed");
      case "opentsdb" -> refused(wire, wire.body(nan), 400, "invalid_value");
      default -> {
        assertThat(send(wire, wire.body(nan)).statusCode()).isEqualTo(wire.success());
        assertThat(lookout.value(nan.name())).isNaN();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("wires")
  void wrongTypes(Wire wire) throws IOException {
    byte[] body =
        switch (wire.protocol()) {
          case "remote_write", "otlp" -> new byte[] {0x08, (byte) 0xff};
          case "metricbeat" -> "{\"create\":[]}\n{}\n".getBytes(StandardCharsets.UTF_8);
          case "opentsdb", "sofalookout" -> "[1, 2]".getBytes(StandardCharsets.UTF_8);
          default -> wire.body(Point.of(wire.metric("types"), now()).worth("many"));
        };
    int status = wire.protocol().equals("sofalookout") ? 200 : 400;
    refused(wire, body, status, "malformed");
  }
}
