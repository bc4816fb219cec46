package io.lookout.ingest.otlp;

import static io.lookout.ingest.otlp.NamingStrategy.NO_TRANSLATION;
import static io.lookout.ingest.otlp.NamingStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES;
import static io.lookout.ingest.otlp.NamingStrategy.UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES;
import static io.lookout.ingest.otlp.NamingStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.Sum;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
  private static Metric metric(String name, String unit, boolean counter) {
    Metric.Builder metric = Metric.newBuilder().setName(name).setUnit(unit);
    if (counter) {
      metric.setSum(Sum.newBuilder().setIsMonotonic(true));
    } else {
      metric.setGauge(Gauge.getDefaultInstance());
    }
    return metric.build();
  }

  private static String gauge(String name, String unit, NamingStrategy strategy) {
    return MetricNames.of(metric(name, unit, false), strategy);
  }

  private static String counter(String name, String unit, NamingStrategy strategy) {
    return MetricNames.of(metric(name, unit, true), strategy);
  }

  private static String gauge(String name, String unit) {
    return gauge(name, unit, UNDERSCORE_ESCAPING_WITH_SUFFIXES);
  }

  private static String counter(String name, String unit) {
    return counter(name, unit, UNDERSCORE_ESCAPING_WITH_SUFFIXES);
  }

  @Test
  void areThoseOfPrometheus() {
    assertThat(counter("system.network.io", "By")).isEqualTo("system_network_io_bytes_total");
    assertThat(gauge("car.speed", "m/s")).isEqualTo("car_speed_meters_per_second");
    assertThat(gauge("cpu.utilization", "1")).isEqualTo("cpu_utilization_ratio");
    assertThat(counter("requests_total", "{request}")).isEqualTo("requests_total");
    assertThat(counter("total.requests", "1")).isEqualTo("requests_total");
    assertThat(gauge("latency_seconds", "s")).isEqualTo("latency_seconds");
    assertThat(gauge("2xx", "")).isEqualTo("_2xx");
    assertThat(gauge("a..b__c", "")).isEqualTo("a_b_c");
    assertThat(gauge("flow", "foo.bar/{thing}")).isEqualTo("flow_foo_bar");
    // As there, a word of the name does not stand for what the unit is divided by.
    assertThat(gauge("speed.second", "m/s")).isEqualTo("speed_second_meters_per_second");
    assertThat(gauge("rate", "/h")).isEqualTo("rate_per_hour");
    assertThat(gauge("city.größe", "")).isEqualTo("city_gr_e");
  }

  @Test
  void goWithoutSuffixes() {
    assertThat(counter("system.network.io", "By", UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES))
        .isEqualTo("system_network_io");
    assertThat(gauge("a..b__c", "1", UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES)).isEqualTo("a_b__c");
    assertThat(gauge("0th", "s", UNDERSCORE_ESCAPING_WITHOUT_SUFFIXES)).isEqualTo("_0th");
  }

  @Test
  void keepTheirDotsBeforeSuffixes() {
    assertThat(counter("system.network.io", "By", NO_UTF8_ESCAPING_WITH_SUFFIXES))
        .isEqualTo("system.network.io_bytes_total");
    assertThat(counter("requests.total", "1", NO_UTF8_ESCAPING_WITH_SUFFIXES))
        .isEqualTo("requests_total");
    assertThat(gauge("cpu.ratio", "1", NO_UTF8_ESCAPING_WITH_SUFFIXES)).isEqualTo("cpu_ratio");
    assertThat(gauge("car.speed", "m/s", NO_UTF8_ESCAPING_WITH_SUFFIXES))
        .isEqualTo("car.speed_meters_per_second");
    assertThat(gauge("latency.seconds", "s", NO_UTF8_ESCAPING_WITH_SUFFIXES))
        .isEqualTo("latency.seconds");
    assertThat(counter("flow.per_second", "m/s", NO_UTF8_ESCAPING_WITH_SUFFIXES))
        .isEqualTo("flow_meters_per_second_total");
  }

  @Test
  void areLeftAloneWhereNothingIsTranslated() {
    assertThat(counter("system.network.io", "By", NO_TRANSLATION)).isEqualTo("system.network.io");
  }

  @Test
  void unitsOfMetadataHaveNoSuffixOfTheirOwn() {
    assertThat(MetricNames.unit(metric("m", "By/s", false))).isEqualTo("bytes_per_second");
    assertThat(MetricNames.unit(metric("m", "1", false))).isEmpty();
    assertThat(MetricNames.unit(metric("m", "{request}", false))).isEmpty();
    assertThat(MetricNames.unit(metric("m", "1/min", false))).isEqualTo("per_min");
  }

  @Test
  void ofLabelsFollowTheStrategyToo() {
    assertThat(Attributes.name("http.route", UNDERSCORE_ESCAPING_WITH_SUFFIXES))
        .isEqualTo("http_route");
    assertThat(Attributes.name("0id", UNDERSCORE_ESCAPING_WITH_SUFFIXES)).isEqualTo("key_0id");
    assertThat(Attributes.name("_id", UNDERSCORE_ESCAPING_WITH_SUFFIXES)).isEqualTo("key_id");
    assertThat(Attributes.name("__id", UNDERSCORE_ESCAPING_WITH_SUFFIXES)).isEqualTo("__id");
    assertThat(Attributes.name("a😀b", UNDERSCORE_ESCAPING_WITH_SUFFIXES)).isEqualTo("a_b");
    assertThat(Attributes.name("http.route", NO_TRANSLATION)).isEqualTo("http.route");
    assertThat(Attributes.name("_id", NO_UTF8_ESCAPING_WITH_SUFFIXES)).isEqualTo("_id");
  }

  @Test
  void strategiesHaveTheNamesOfPrometheus() {
    assertThat(NamingStrategy.of("NoTranslation")).isEqualTo(NO_TRANSLATION);
    assertThatThrownBy(() -> NamingStrategy.of("none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("otlp.translation")
        .hasMessageContaining("NoUTF8EscapingWithSuffixes");
  }
}
