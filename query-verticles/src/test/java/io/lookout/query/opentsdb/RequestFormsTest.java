package io.lookout.query.opentsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests look like, in URLs and in JSON. */
class RequestFormsTest {
  private static final long NOW = 1_700_000_000_000L;

  private static String matchers(String selector) {
    return QueryUri.parse("sum:" + selector).matchers().toString();
  }

  @Test
  void filtersAreMatchers() {
    assertThat(matchers("m{host=web01}")).isEqualTo("[__name__=\"m\", host=\"web01\", host!=\"\"]");
    assertThat(matchers("m{host=*}")).contains("host=~\".*\", host!=\"\"");
    assertThat(matchers("m{host=web*.a}")).contains("host=~\"web.*\\\\.a\"");
    assertThat(matchers("m{host=a|b.c}")).contains("host=~\"(?:a|b\\\\.c)\"");
    assertThat(matchers("m{}{host=not_literal_or(a|b)}")).contains("host!~\"(?:a|b)\"");
    assertThat(matchers("m{host=iwildcard(WEB*)}")).contains("host=~\"(?i)WEB.*\"");
    assertThat(matchers("m{host=regexp(web[0-9]{1,2})}"))
        .contains("host=~\".*(?:web[0-9]{1,2}).*\"");
    assertThat(matchers("m{host=not_key()}")).isEqualTo("[__name__=\"m\", host=\"\"]");
  }

  @Test
  void metricsMayBeginAsOptionsDo() {
    SubQuery query = QueryUri.parse("sum:rate_limit{instance=db:9100}");
    assertThat(query.rate()).isEmpty();
    assertThat(query.metric()).isEqualTo("rate_limit");
  }

  @Test
  void optionsStandBeforeTheMetricWhichMayHaveColons() {
    SubQuery query =
        QueryUri.parse("p99:rate{counter,,100}:1h-avg-nan:explicit_tags:job:m:sum{a=b}{c=d,e=f}");
    assertThat(query.metric()).isEqualTo("job:m:sum");
    assertThat(query.aggregator().name()).isEqualTo("p99");
    assertThat(query.rate()).contains(new Rate(true, Long.MAX_VALUE, 100, false));
    assertThat(query.downsample().orElseThrow().interval()).isEqualTo(3_600_000);
    assertThat(query.explicitTags()).isTrue();
    assertThat(query.groupTags()).containsExactly("a");
    assertThat(query.filters()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "1356998400,1356998400000",
    "1356998400500,1356998400500",
    "1356998400.5,1356998400500",
    "now,1700000000000",
    "90s-ago,1699999910000",
    "2d-ago,1699827200000",
    "2012/12/31-23:59:59,1356998399000",
    "2012/12/31 23:59,1356998340000",
    "2013/01/01,1356998400000"
  })
  void timesAreReadInEachForm(String text, long millis) {
    assertThat(TimeWords.millis(text, NOW, ZoneOffset.UTC)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "sum:",
        "no_such:m",
        "sum:m{",
        "sum:m{host}",
        "sum:m{host=}",
        "sum:m{=a}",
        "sum:rate{x}:m",
        "sum:rate{counter,a}:m",
        "sum:10x-avg:m",
        "sum:1m-none:m",
        "sum:0s-avg:m",
        "sum:1m-avg-purple:m",
        "sum:1dc-sum:m",
        "sum:4611686018427387904ms-sum-zero:m",
        "sum:percentiles[99]:m",
        "sum:m{a=nofilter(x)}"
      })
  void whatIsNoQueryIsRefused(String m) {
    assertThatThrownBy(() -> QueryUri.parse(m))
        .isInstanceOfSatisfying(
            LookoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'start':'soon','queries':[{'aggregator':'sum','metric':'m'}]}",
        "{'start':1,'end':1,'queries':[{'aggregator':'sum','metric':'m'}]}",
        "{'start':1,'queries':[]}",
        "{'start':1,'queries':[{'aggregator':'sum'}]}",
        "{'start':1,'queries':[{'aggregator':'sum','tsuids':['0001']}]}",
        "{'start':1,'delete':true,'queries':[{'aggregator':'sum','metric':'m'}]}",
        "{'start':1,'timezone':'Atlantis','queries':[{'aggregator':'sum','metric':'m'}]}"
      })
  void jsonThatIsNoQueryIsRefused(String json) {
    JsonObject body = new JsonObject(json.replace('\'', '"'));
    assertThatThrownBy(() -> QueryBody.ofJson(body, false, NOW))
        .isInstanceOf(LookoutException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807ms-ago", "9223372036854775806", "1000y-ago", "-1"})
  void timesThatWouldOverflowAreRefused(String text) {
    assertThatThrownBy(() -> TimeWords.millis(text, NOW, ZoneOffset.UTC))
        .isInstanceOf(LookoutException.class);
  }

  @Test
  void whatIsNullIsNotThere() {
    String json =
        """
        {"start":1,"msResolution":null,"queries":[null,
         {"aggregator":"sum","metric":"m","rate":null,"filters":[{"tagk":"a","type":null,
          "filter":"b"}]}]}
        """;
    JsonObject body = OpenTsdbApi.json(Buffer.buffer(json));
    assertThatThrownBy(() -> QueryBody.ofJson(body, false, NOW))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining("filter of the type");
    assertThatThrownBy(() -> OpenTsdbApi.json(Buffer.buffer("null")))
        .isInstanceOf(LookoutException.class);
    assertThat(OpenTsdbApi.json(Buffer.buffer()).isEmpty()).isTrue();
  }

  @Test
  void survivesWhateverItIsGiven() {
    SplittableRandom random = new SplittableRandom(31);
    String good = "sum:rate{counter,1,2}:1m-avg-nan:sys.cpu{host=*,a=b|c}{d=regexp(x.*)}";
    for (int round = 0; round < 20_000; round++) {
      char[] bad = Arrays.copyOf(good.toCharArray(), random.nextInt(good.length() + 1));
      for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
        bad[random.nextInt(bad.length)] = good.charAt(random.nextInt(good.length()));
      }
      try {
        QueryUri.parse(new String(bad)).matchers();
      } catch (LookoutException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA);
      }
    }
  }
}
