package io.lookout.app.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.process.Program;
import io.lookout.cluster.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookout answers as Debian's InfluxDB does, which is asked the same. */
class InfluxOracleIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String DATABASE = "oracle";

  @TempDir private static Path directory = Path.of("");

  private static RunningLookout lookout;
  private static Process influxd;
  private static String influx = "";

  @BeforeAll
  static void start() throws IOException {
    Path program = Program.find("INFLUXDB", "influxd");
    influx = "http://127.0.0.1:" + FreePort.find();
    Path config = directory.resolve("influxdb.conf");
    Files.writeString(config, configuration());
    influxd =
        new ProcessBuilder(program.toString(), "-config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("influxdb.log").toFile())
            .start();
    lookout = RunningLookout.start(directory.resolve("lookout"));
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> get(influx + "/ping").statusCode() == 204);
    String create = "/query?q=" + encoded("CREATE DATABASE " + DATABASE);
    assertThat(words(get(lookout.url() + create))).isEqualTo(words(post(influx + create, "")));
  }

  private static String configuration() throws IOException {
    return """
    reporting-disabled = true
    bind-address = "127.0.0.1:%d"
    [meta]
      dir = "%s/meta"
    [data]
      dir = "%s/data"
      wal-dir = "%s/wal"
    [http]
      bind-address = "%s"
    """
        .formatted(
            FreePort.find(), directory, directory, directory, influx.substring("http://".length()));
  }

  @AfterAll
  static void stop() {
    if (influxd != null) {
      influxd.destroyForcibly();
      influxd.onExit().join();
    }
    if (lookout != null) {
      lookout.close();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> get(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join();
  }

  private static HttpResponse<String> post(String url, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build();
    return HTTP.sendAsync(request, BodyHandlers.ofString()).join();
  }

  /** Status, header and body of an answer. */
  private static String words(HttpResponse<String> answer) {
    return answer.statusCode()
        + " "
        + answer.headers().firstValue("X-Influxdb-Error").orElse("")
        + "\n"
        + answer.body().strip();
  }

  private static void answersTheSame(String path, String lines) {
    String expected = words(post(influx + path, lines));
    assertThat(words(post(lookout.url() + path, lines)))
        .as("%s %s", path, lines)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m value=1\n",
        "good value=1 1700000000000000000\nbad line here x\ngood2 value=2\n",
        "cpu value=NaN\n",
        "cpu value=+Inf\n",
        "cpu,a=1,a=2 value=1\n",
        "cpu,host= value=1\n",
        "cpu,host value=1\n",
        "cpu,=a value=1\n",
        ",a=b value=1\n",
        "cpu\n",
        "cpu \n",
        "cpu,a=b\n",
        "cpu value\n",
        "cpu value=\n",
        "cpu =1\n",
        "cpu value=1 notatime\n",
        "cpu value=1 12 13\n",
        "cpu value=1 99999999999999999999\n",
        "whole value=1i\n",
        "whole value=9223372036854775808i\n",
        "whole value=1.5i\n",
        "truth value=tru\n",
        "truth value=T\n",
        "words value=\"unclosed\n",
        "words value=\"text\"\n",
        "huge value=1e400\n",
        "hex value=0x10\n",
        "more value=1,\n",
        "more value=1,,b=2\n",
        "# comment\n\n",
        "",
        "ends value=1\r\n",
        "  blanks value=1\n",
        "blanks  value=1\n",
        "blanks value=1  1700000000000000000\n",
        "esc\\,a\\ b,t\\=g=v\\,w f\\ g=\"q\\\"r\",n=1\n",
        "time,a=b value=1\n"
      })
  void linesAreJudgedTheSame(String lines) {
    answersTheSame("/write?db=" + DATABASE, lines);
  }

  @Test
  void requestsAreJudgedTheSame() {
    answersTheSame("/write", "m value=1\n");
    answersTheSame("/write?db=" + DATABASE + "&precision=zz", "m value=1\n");
    answersTheSame("/write?db=" + DATABASE + "&precision=s", "m value=1 1700000000\n");
    answersTheSame("/write?db=" + DATABASE + "&consistency=any", "m value=1\n");
    answersTheSame("/query", "");
    assertThat(get(lookout.url() + "/write").statusCode())
        .isEqualTo(get(influx + "/write").statusCode());
    HttpResponse<String> ping = get(lookout.url() + "/ping");
    get(influx + "/ping").headers().map().keySet().stream()
        .filter(name -> name.startsWith("x-influxdb") || name.endsWith("request-id"))
        .forEach(name -> assertThat(ping.headers().firstValue(name)).as(name).isPresent());
  }

  /** Random points, in each precision, with blanks, quotes and commas in all places. */
  @Test
  void whatWasWrittenIsReadTheSame() {
    SplittableRandom random = new SplittableRandom(7);
    for (String precision : new String[] {"n", "u", "ms", "s"}) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        lines.append(line(random, i, precision)).append('\n');
      }
      answersTheSame("/write?db=" + DATABASE + "&precision=" + precision, lines.toString());
      Map<String, Double> expected = valuesOfInflux(precision);
      assertThat(expected).hasSizeGreaterThan(20);
      assertThat(valuesOfLookout(precision)).isEqualTo(expected);
    }
  }

  private static String line(SplittableRandom random, int number, String precision) {
    String tag = new String[] {"a", "b\\ c", "d\\,e", "f\\=g", "h\\\\i"}[random.nextInt(5)];
    String value =
        switch (random.nextInt(4)) {
          case 0 -> Integer.toString(random.nextInt(1000));
          case 1 -> Double.toString(random.nextDouble(-1e6, 1e6));
          case 2 -> random.nextInt(1, 9) + "e" + random.nextInt(-9, 9);
          default -> Integer.toString(-random.nextInt(1000));
        };
    long second = System.currentTimeMillis() / 1000;
    String zeros =
        switch (precision) {
          case "n" -> "000000000";
          case "u" -> "000000";
          case "ms" -> "000";
          default -> "";
        };
    // One type a field: InfluxDB refuses another one, Lookout knows only numbers.
    return "points_%s,number=%d,tag=%s reading=%s,whole=7i,note=\"x,y z=\" %d%s"
        .formatted(precision, number, tag, value, second, zeros);
  }

  private static Map<String, Double> valuesOfInflux(String precision) {
    String statement = "SELECT reading FROM points_" + precision + " GROUP BY *";
    String url = influx + "/query?db=" + DATABASE + "&q=" + encoded(statement);
    Map<String, Double> values = new TreeMap<>();
    JsonArray series =
        new JsonObject(get(url).body())
            .getJsonArray("results")
            .getJsonObject(0)
            .getJsonArray("series");
    for (int i = 0; i < series.size(); i++) {
      JsonObject each = series.getJsonObject(i);
      JsonObject tags = each.getJsonObject("tags");
      double value = each.getJsonArray("values").getJsonArray(0).getDouble(1);
      values.put(tags.getString("number") + " " + tags.getString("tag"), value);
    }
    return values;
  }

  private static Map<String, Double> valuesOfLookout(String precision) {
    Map<String, Double> values = new TreeMap<>();
    JsonArray found = lookout.query("points_" + precision + "_reading{db='" + DATABASE + "'}");
    for (int i = 0; i < found.size(); i++) {
      JsonObject each = found.getJsonObject(i);
      JsonObject labels = each.getJsonObject("metric");
      double value = Double.parseDouble(each.getJsonArray("value").getString(1));
      values.put(labels.getString("number") + " " + labels.getString("tag"), value);
    }
    return values;
  }
}
