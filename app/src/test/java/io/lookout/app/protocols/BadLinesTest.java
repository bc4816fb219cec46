package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no client should send over bare TCP: counted, and good lines behind it still count. */
class BadLinesTest {
  private static final long DAY = 86_400_000;

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;

  /** A protocol of messages that end with a line. */
  enum Line {
    GRAPHITE("graphite.listen") {
      @Override
      String of(Point point) {
        return point.name() + tags(point, ";", ";") + " " + point.value() + seconds(point);
      }
    },
    OPENTSDB("opentsdb.telnet.listen") {
      @Override
      String of(Point point) {
        String put = "put " + point.name() + seconds(point) + " " + point.value();
        return put + tags(point, " ", " ");
      }
    },
    OPENFALCON("openfalcon.listen") {
      @Override
      String of(Point point) {
        return "{\"method\":\"Transfer.Update\",\"id\":0,\"params\":[[{\"endpoint\":\"e\",\"metric\":\"%s\",\"value\":\"%s\",\"step\":60,\"counterType\":\"GAUGE\",\"tags\":\"%s\",\"timestamp\":%s}]]}"
            .formatted(point.name(), point.value(), tags(point, "", ","), seconds(point));
      }
    };

    private final String setting;

    Line(String setting) {
      this.setting = setting;
    }

    abstract String of(Point point);

    String protocol() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static String seconds(Point point) {
      return " " + point.time() / 1000;
    }

    private static String tags(Point point, String before, String between) {
      String tags =
          IntStream.range(0, point.labels().size() / 2)
              .mapToObj(i -> point.labels().get(2 * i) + "=" + point.labels().get(2 * i + 1))
              .collect(Collectors.joining(between));
      return tags.isEmpty() ? "" : before + tags;
    }
  }

  @BeforeAll
  static void start() {
    lookout =
        RunningLookout.start(
            directory,
            "graphite.enabled=true",
            "graphite.listen=127.0.0.1:0",
            "opentsdb.telnet.enabled=true",
            "opentsdb.telnet.listen=127.0.0.1:0",
            "openfalcon.enabled=true",
            "openfalcon.listen=127.0.0.1:0",
            "openfalcon.message.limit=2MiB",
            "ingest.tcp.line.limit=2MiB",
            "ingest.labels.value.length=1024");
  }

  @AfterAll
  static void stop() {
    lookout.close();
  }

  private static Point point(Line line, String test) {
    return Point.of(test + "_" + line.protocol(), System.currentTimeMillis());
  }

  private static double counted(Line line, String... reasons) {
    return Arrays.stream(reasons)
        .mapToDouble(each -> lookout.rejected(line.protocol(), each))
        .sum();
  }

  private static List<String> refusals() {
    return lookout
        .get("/metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith("lookout_ingest_rejected_samples_total{"))
        .toList();
  }

  /** Sends something bad, and then something good by another connection; the bad one is counted. */
  private static void refused(Line line, byte[] bad, String... reasons) throws IOException {
    double before = counted(line, reasons);
    send(line, bad);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(counted(line, reasons))
                .as("%s, of %s", List.of(reasons), refusals())
                .isGreaterThan(before));
    taken(line, point(line, "good").with("is", "good"));
  }

  private static void refused(Line line, Point bad, String... reasons) throws IOException {
    refused(line, (line.of(bad) + "\n").getBytes(StandardCharsets.UTF_8), reasons);
  }

  private static void taken(Line line, Point good) throws IOException {
    send(line, (line.of(good) + "\n").getBytes(StandardCharsets.UTF_8));
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(lookout.query("last_over_time(" + good.name() + "[1500w])")).hasSize(1));
  }

  private static void send(Line line, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), lookout.port(line.setting))) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(10_000);
    } catch (IOException reset) {
      assertThat(reset).hasMessageMatching("(?i).*(reset|pipe|abort).*");
    }
  }

  @ParameterizedTest
  @EnumSource
  void malformed(Line line) throws IOException {
    byte[] bad = "put nothing}\n".getBytes(StandardCharsets.UTF_8);
    refused(line, bad, "malformed", "invalid_time", "invalid_value");
  }

  @ParameterizedTest
  @EnumSource
  void truncated(Line line) throws IOException {
    byte[] whole = line.of(point(line, "truncated")).getBytes(StandardCharsets.UTF_8);
    refused(line, Arrays.copyOf(whole, whole.length * 3 / 4), "malformed");
  }

  @ParameterizedTest
  @EnumSource
  void oversized(Line line) throws IOException {
    refused(line, point(line, "oversized").with("a", "x".repeat(3 << 20)), "too_large");
  }

  @ParameterizedTest
  @EnumSource
  void wrongEncodings(Line line) throws IOException {
    Point point = point(line, "utf8").with("city", "Z@rich");
    byte[] bytes = (line.of(point) + "\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '@' ? (byte) 0xfc : bytes[i];
    }
    refused(line, bytes, "malformed", "invalid_labels");
  }

  @ParameterizedTest
  @EnumSource
  void emptyNames(Line line) throws IOException {
    Point nameless = Point.of("", System.currentTimeMillis()).with("a", "b");
    refused(line, nameless, "malformed", "invalid_labels", "invalid_time", "invalid_value");
  }

  @ParameterizedTest
  @EnumSource
  void duplicateLabels(Line line) throws IOException {
    refused(
        line, point(line, "twice").with("kind", "b", "kind", "c"), "malformed", "invalid_labels");
  }

  @ParameterizedTest
  @EnumSource
  void tenThousandLabels(Line line) throws IOException {
    String[] labels = new String[20_000];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = "l" + i;
    }
    refused(line, point(line, "wide").with(labels), "too_many_labels", "invalid_labels");
  }

  @ParameterizedTest
  @EnumSource
  void valuesOfOneMebibyte(Line line) throws IOException {
    Point heavy = point(line, "heavy").with("a", "x".repeat(1 << 20));
    refused(line, heavy, "label_value_too_long", "invalid_labels");
  }

  @ParameterizedTest
  @EnumSource
  void wrongTypesAndNotANumber(Line line) throws IOException {
    refused(line, point(line, "many").worth("many"), "malformed", "invalid_value");
    Point nan = point(line, "nan").worth("NaN");
    if (line == Line.OPENFALCON) {
      // As Open-Falcon itself, which reads what Go can.
      taken(line, nan);
    } else {
      refused(line, nan, "invalid_value");
    }
  }

  @ParameterizedTest
  @EnumSource
  void infinity(Line line) throws IOException {
    Point infinite = point(line, "infinite").worth("inf");
    if (line == Line.OPENTSDB) {
      refused(line, infinite, "invalid_value");
    } else {
      taken(line, infinite);
    }
  }

  @ParameterizedTest
  @EnumSource
  void farFuturesAndPasts(Line line) throws IOException {
    String name = "time_" + line.protocol();
    refused(line, Point.of(name, System.currentTimeMillis() + 365 * DAY), "too_far_in_future");
    taken(line, Point.of("past_" + line.protocol(), 12_000 * DAY));
  }

  @ParameterizedTest
  @EnumSource
  void mixedGoodAndBad(Line line) throws IOException {
    Point good = point(line, "mixed").with("is", "good");
    Point bad = point(line, "mixed").worth("many");
    String lines = line.of(good) + "\n" + line.of(bad) + "\n" + line.of(good.with("b", "c")) + "\n";
    refused(line, lines.getBytes(StandardCharsets.UTF_8), "malformed", "invalid_value");
    assertThat(lookout.value("count(" + good.name() + ")")).isEqualTo(2);
  }
}
