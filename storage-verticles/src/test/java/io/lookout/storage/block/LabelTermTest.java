package io.lookout.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelTermTest {
  @Test
  void nameAndValueComeBack() {
    for (String name : new String[] {"job", "a=b", "100%", "%3D", "%25=", "größe"}) {
      String term = LabelTerm.of(name, "x=y%3D");
      assertThat(LabelTerm.name(term)).isEqualTo(name);
      assertThat(term).startsWith(LabelTerm.prefix(name)).endsWith("=x=y%3D");
    }
  }

  @Test
  void noNameIsAPrefixOfAnother() {
    assertThat(LabelTerm.of("a=b", "c")).doesNotStartWith(LabelTerm.prefix("a"));
    assertThat(LabelTerm.of("a", "b=c")).doesNotStartWith(LabelTerm.prefix("a=b"));
  }

  @Test
  void longNamesAndValuesAreCutToWhatEnginesTake() {
    String term = LabelTerm.of("=".repeat(40_000), "𝛼".repeat(40_000));

    assertThat(term.getBytes(StandardCharsets.UTF_8).length).isLessThan(32_766);
    assertThat(LabelTerm.isCutName(LabelTerm.name(term))).isTrue();
    assertThat(LabelTerm.isCutValue(LabelTerm.ofValue("é" + "𝛼".repeat(40_000)))).isTrue();
    assertThat(LabelTerm.isCutValue("short")).isFalse();
  }
}
