package io.lookout.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtfEscapeTest {
  @ParameterizedTest
  @CsvSource({
    "job, job",
    "U__service_2e_name, service.name",
    "U__a__b, a_b",
    "U___1F600_, \uD83D\uDE00",
    "U__bad_zz_, U__bad_zz_",
    "U__open_2, U__open_2",
    "U___d800_, U___d800_",
    "U___ffffffff_, U___ffffffff_",
    "a__b, a__b",
  })
  void namesComeBack(String escaped, String name) {
    assertThat(UtfEscape.unescape(escaped)).isEqualTo(name);
  }
}
