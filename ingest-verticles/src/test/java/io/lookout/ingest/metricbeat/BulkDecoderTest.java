package io.lookout.ingest.metricbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.decode.TestBatches;
import io.lookout.ingest.metricbeat.Events.Decoded;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkDecoderTest {
  private static final String GOOD = Events.event("m", "s", "\"m\":{\"s\":{\"v\":1}}");

  private final Events events = new Events();

  private static String at(String time) {
    return GOOD.replace("\"2023-11-14T22:13:20.000Z\"", time);
  }

  @Test
  void everyActionHasItsItem() {
    Decoded decoded =
        events.decode(
            "{\"index\":{\"_index\":\"metricbeat-6.8.0-2024.01.31\",\"_type\":\"doc\",\"_id\":\"x\"}}\n"
                + GOOD
                + "\n\r\n{\"delete\":{\"_index\":\"i\",\"_id\":\"7\"}}\n{\"update\":{\"_id\":\"8\"}}\n"
                + "{\"doc\":{}}\n"
                + Events.CREATE
                + "{\"message\":\"a line of a log\"}\n"
                + Events.CREATE
                + GOOD);
    assertThat(decoded.items())
        .extracting(item ->
            item.action()
                + " "
                + item.index()
                + " "
                + item.id()
                + " "
                + (item.problem() == null ? 201 : item.problem().status()))
        .containsExactly(
            "index metricbeat-6.8.0-2024.01.31 x 201",
            "delete i 7 404",
            "update  8 400",
            "create metricbeat-8.13.0 null 400",
            "create metricbeat-8.13.0 null 201");
    assertThat(decoded.problem(3)).contains("no metricset.name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"metricset\":|malformed|body is not JSON",
        "[1]|malformed|a document must be an object",
        "17|malformed|a document must be an object",
        "{} {}|malformed|there is more behind the document",
        "{\"a\":1}|malformed|no metricset.name",
        "{\"metricset\":{\"name\":7},\"@timestamp\":\"soon\"}|invalid_time|@timestamp is no time: soon",
      })
  void badDocumentsCountForThemselves(String document, String reason, String message) {
    Decoded decoded = events.create(GOOD, document, GOOD.replace("web01", "web02"));
    assertThat(decoded.samples()).hasSize(2);
    assertThat(decoded.problem(0)).isEmpty();
    assertThat(decoded.problem(1)).contains(message);
    assertThat(decoded.problem(2)).isEmpty();
    assertThat(decoded.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "x\n{}\n",
        "{}\n{}\n",
        "{\"upsert\":{}}\n{}\n",
        "{\"index\":[]}\n{}\n",
        "{\"index\":{}} {}\n{}\n",
        "{\"index\":{}}\n",
        "{\"index\":{}}",
        "\u0000\u0001",
      })
  void whatIsNoBulkRequestIsRefusedAsAWhole(String body) {
    assertThatThrownBy(() -> events.decode(body))
        .isInstanceOf(LookoutException.class)
        .extracting(failure -> ((LookoutException) failure).code())
        .isEqualTo(ErrorCode.BAD_DATA);
  }

  @Test
  void aNameThatIsAllDotsIsRefusedBeforeItIsTakenApart() {
    Decoded decoded = events.create("{\"" + "a.".repeat(20_000) + "a\":1}", GOOD);
    assertThat(decoded.problem(0)).contains("path is longer");
    assertThat(decoded.samples()).hasSize(1);
    assertThat(events.fields()).isLessThan(100);
  }

  @Test
  void anEventHasOnlySoManyLists() {
    StringBuilder lists = new StringBuilder("\"l\":{\"a\":{\"values\":[1]}");
    for (int i = 0; i < Event.MOST_VALUES; i++) {
      lists.append(",\"a").append(i).append("\":{\"values\":[1]}");
    }
    Decoded decoded = events.create(Events.event("m", "s", lists.append('}').toString()));
    assertThat(decoded.problem(0)).contains("more than " + Event.MOST_VALUES + " values");
  }

  @Test
  void tooManyItemsAreTooLarge() {
    assertThatThrownBy(() -> events.decode((Events.CREATE + "{}\n").repeat(101)))
        .hasMessageContaining("metricbeat.bulk.items");
  }

  @ParameterizedTest
  @CsvSource({
    "\"2023-11-14T22:13:20Z\",                  1700000000000",
    "\"2023-11-14T22:13:20.1Z\",                1700000000100",
    "\"2023-11-14T22:13:20.123456789Z\",        1700000000123",
    "\"2023-11-14T23:13:20.5+01:00\",           1700000000500",
    "\"1969-12-31T23:59:59.999Z\",              -1",
    "1700000000001,                             1700000000001",
  })
  void timesAreRead(String json, long millis) {
    assertThat(events.create(at(json)).samples().values()).containsExactly("1.0@" + millis);
  }

  @Test
  void anEventWithoutATimeHasThatOfItsArrival() {
    assertThat(events.create(GOOD.replace("@timestamp", "@other")).samples().values())
        .containsExactly("1.0@" + Events.NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"2023-13-14T22:13:20Z\"",
        "\"2023-02-30T22:13:20Z\"",
        "\"2023-11-14T24:13:20Z\"",
        "\"2023-11-14 22:13:20Z.....\"",
        "\"99999999999999999999999\"",
        "\"+999999999-12-31T23:59:59Z\"",
      })
  void timesThatAreNoneAreRefusedOrThatOfArrival(String json) {
    Decoded decoded = events.create(at(json));
    assertThat(decoded.samples().values())
        .allMatch(sample -> json.equals("\"\"") && sample.endsWith("@" + Events.NOW));
  }

  @Test
  void limitsOfLabelsHoldAndAreTold() {
    String long1 =
        Events.event("m", "s", "\"m\":{\"name\":\"" + "x".repeat(1 << 20) + "\",\"v\":1}");
    Decoded decoded = events.create(long1, GOOD);
    assertThat(decoded.problem(0))
        .contains("1 of 3 samples are refused", "labels.value.length is 1000");
    assertThat(decoded.problem(1)).isEmpty();
    assertThat(decoded.reason()).isEqualTo("label_value_too_long");
  }

  @Test
  void tenThousandFieldsAreTooMany() {
    StringBuilder texts = new StringBuilder("\"m\":{\"v\":1");
    StringBuilder numbers = new StringBuilder("\"m\":{\"v\":1");
    for (int i = 0; i < 10_000; i++) {
      if (i < 1000) {
        texts.append(",\"").append(i).append("\":{\"name\":\"x\"}");
      }
      numbers.append(",\"n").append(i).append("\":1");
    }
    Decoded decoded =
        events.create(
            Events.event("m", "s", texts + "}"), Events.event("m", "s", numbers + "}"), GOOD);
    assertThat(decoded.problem(0)).contains("more than 512 labels");
    assertThat(decoded.problem(1)).contains("more than 4096 values");
    assertThat(decoded.problem(2)).isEmpty();
    assertThat(decoded.samples()).hasSize(1);
  }

  @Test
  void deepAndLongPathsAreRefused() {
    String deep = "\"m\":" + "{\"a\":".repeat(80) + "1" + "}".repeat(80);
    String path = "\"m\":{\"" + "p".repeat(2000) + "\":1}";
    Decoded decoded = events.create(Events.event("m", "s", deep), Events.event("m", "s", path));
    assertThat(decoded.problem(0)).contains("body is not JSON");
    assertThat(decoded.problem(1)).contains("longer than 1024 characters");
    assertThat(decoded.samples()).isEmpty();
  }

  @Test
  void numbersMayBeAnything() {
    Decoded decoded =
        events.create(
            Events.event(
                "m",
                "s",
                "\"m\":{\"a\":NaN,\"b\":1e999,\"c\":-1,\"d\":9007199254740993,\"e\":null}"));
    assertThat(decoded.samples().values())
        .containsExactlyInAnyOrder(
            "NaN@1700000000000",
            "Infinity@1700000000000",
            "-1.0@1700000000000",
            "9.007199254740992E15@1700000000000");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    byte[] body =
        (Events.CREATE + GOOD.replace("web01", "we?01") + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '?' ? (byte) 0xff : body[i];
    }
    assertThat(events.decode(body).problem(0)).contains("body is not JSON");
  }

  @Test
  void survivesWhateverItIsGiven() {
    String good =
        Events.CREATE
            + Events.event(
                "kubernetes",
                "pod",
                "\"kubernetes\":{\"pod\":{\"name\":\"p\",\"status\":{\"phase\":\"ü\"}},\"percpu\":{\"0\":1.5e3}}")
            + "\n"
            + "{\"index\":{\"_index\":\"i\",\"_id\":\"1\"}}\n"
            + Events.event(
                "prometheus",
                "collector",
                "\"prometheus\":{\"labels\":{\"a\":\"b\"},\"x\":{\"histogram\":{\"values\":[1,2],\"counts\":[3,4]}}}")
            + "\n";
    TestBatches.fuzz(good.getBytes(StandardCharsets.UTF_8), 11, 20_000, events::decode);
  }
}
