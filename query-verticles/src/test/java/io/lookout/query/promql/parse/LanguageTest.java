package io.lookout.query.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.query.promql.ast.Extension;
import io.lookout.query.promql.ast.Feature;
import io.lookout.query.promql.ast.FunctionSignature;
import io.lookout.query.promql.ast.Language;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is switched off is refused as Prometheus refuses it. */
class LanguageTest {
  private static Language without(Feature feature) {
    return new Language(Set.of(feature), Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPERIMENTAL_FUNCTIONS | 1 + mad_over_time(x[5m]) | 1:5: parse error: function \"mad_over_time\" is not enabled",
        "EXPERIMENTAL_FUNCTIONS | sort_by_label(x, 1) | 1:1: parse error: function \"sort_by_label\" is not enabled",
        "EXPERIMENTAL_FUNCTIONS | sum(limit_ratio by (a) (1, x)) | 1:5: parse error: limit_ratio() is experimental and must be enabled with --enable-feature=promql-experimental-functions",
        "DURATION_EXPRESSIONS | rate(x[5m*2]) | 1:8: parse error: experimental duration expression is not enabled",
        "DURATION_EXPRESSIONS | x offset (5m) | 1:11: parse error: experimental duration expression is not enabled",
        "DURATION_EXPRESSIONS | x offset -(1m+1m) | 1:12: parse error: experimental duration expression is not enabled",
        "DURATION_EXPRESSIONS | rate(x[5m:1m+1m]) | 1:11: parse error: experimental duration expression is not enabled",
        "DURATION_EXPRESSIONS | x[(5m)] | 1:4: parse error: experimental duration expression is not enabled",
        "EXTENDED_SELECTORS | rate(foo[5m] smoothed) | 1:6: parse error: smoothed modifier is experimental and not enabled",
        "EXTENDED_SELECTORS | foo anchored | 1:1: parse error: anchored modifier is experimental and not enabled",
        "FILL_MODIFIERS | 1 + (a + on (x) fill_left (1) b) | 1:6: parse error: binop fill modifiers are experimental and not enabled"
      })
  void anExperimentMayBeSwitchedOff(Feature feature, String query, String error) {
    assertThatThrownBy(() -> PromqlParser.parse(query, without(feature)))
        .isInstanceOf(ParseException.class)
        .hasMessage(error);
  }

  @Test
  void whatIsNotExperimentalStays() {
    Language bare = new Language(Set.of(Feature.values()), Set.of());
    for (String query :
        List.of(
            "rate(x[5m] offset -5m)",
            "x offset 1h",
            "x[5m:30s]",
            "sum by (a) (x) / on (a) group_left () y",
            "max_over_time(x[1e2])")) {
      assertThat(PromqlParser.parse(query, bare)).isEqualTo(PromqlParser.parse(query));
    }
    assertThat(FunctionSignatures.all(bare)).noneMatch(FunctionSignature::experimental);
  }

  @Test
  void extensionsAreUnknownUnlessAskedFor() {
    Language language = new Language(Set.of(), Set.of(Extension.SOFALOOKOUT));
    for (String query :
        List.of("increase2(x[5m])", "sum2_over_time(x[5m])", "zhistogram_quantile(0.9, sum(x))")) {
      assertThat(PromqlParser.parse(query, language).type().apiName()).isEqualTo("vector");
      assertThatThrownBy(() -> PromqlParser.parse(query))
          .hasMessageStartingWith("1:1: parse error: unknown function with name \"");
    }
  }
}
