package io.lookout.query.federate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String MESSAGES =
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                        | underscores",
        "*/*                                                       | underscores",
        "text/html                                                 | underscores",
        "text/plain                                                | underscores",
        "text/plain;version=0.0.4                                  | underscores",
        "text/plain; version=1.0.0; escaping=allow-utf-8           | allow-utf-8",
        "text/plain;escaping=dots                                  | dots",
        "text/plain;escaping=values;q=0.1                          | values",
        "text/plain;escaping=somehow                               | underscores",
        "application/openmetrics-text;version=1.0.0                | underscores",
        "application/vnd.google.protobuf                           | underscores",
        "application/vnd.google.protobuf;proto=some.Other;encoding=delimited | underscores",
        "text/plain;q=0.9,application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
            + ";encoding=delimited;q=0.1 | underscores",
        ";;;=,,;q=x                                                | underscores",
        "text/plain,;                                              | underscores"
      })
  void textIsSentUnlessMessagesArePreferred(String accept, String escaping) {
    assertThat(Negotiation.of(accept).contentType()).isEqualTo(TEXT + "; escaping=" + escaping);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
            + ";encoding=delimited | underscores",
        "text/plain;version=0.0.4;q=0.5,application/vnd.google.protobuf"
            + " ; proto=io.prometheus.client.MetricFamily; encoding=delimited;q=0.6 | underscores",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily"
            + ";encoding=delimited;escaping=allow-utf-8;q=0.6,*/*;q=0.2 | allow-utf-8",
      })
  void messagesAreSentWhereTheyArePreferred(String accept, String escaping) {
    assertThat(Negotiation.of(accept).contentType()).isEqualTo(MESSAGES + "; escaping=" + escaping);
  }

  @ParameterizedTest
  @CsvSource({
    "up, up, up, up, up",
    "a:b_c, a:b_c, a:b_c, a:b_c, a:b_c",
    "requests.total, requests.total, requests_total, requests_dot_total, U__requests_2e_total",
    "a_b.c, a_b.c, a_b_c, a__b_dot_c, U__a__b_2e_c",
    "1st, 1st, _st, __st, U___31_st",
    "größe, größe, gr__e, gr____e, U__gr_f6__df_e",
    "\uD83D\uDE00, \uD83D\uDE00, _, __, U___1f600_",
  })
  void namesAreEscaped(String name, String utf8, String underscores, String dots, String values) {
    assertThat(Escaping.values())
        .extracting(each -> each.of(name))
        .containsExactly(utf8, underscores, dots, values);
  }
}
