package io.lookout.ingest.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.relabel.RelabelRule.Draft;
import io.lookout.model.Labels;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelabellingTest {
  private static final Labels LABELS = Labels.of("a", "foo", "b", "bar", "c", "baz");

  private static @Nullable Labels apply(Labels labels, Draft... drafts) {
    return new Relabelling(List.of(drafts).stream().map(Draft::build).toList()).apply(labels);
  }

  /** The same where the series is not dropped. */
  private static Labels changed(Labels labels, Draft... drafts) {
    Labels result = apply(labels, drafts);
    if (result == null) {
      throw new AssertionError("dropped: " + labels);
    }
    return result;
  }

  private static Draft rule(RelabelAction action, String... sourceLabels) {
    return new Draft().action(action).sourceLabels(List.of(sourceLabels));
  }

  @Test
  void replacesByTheGroupsOfTheJoinedSources() {
    assertThat(
            apply(
                LABELS,
                rule(RelabelAction.REPLACE, "a", "b")
                    .regex("f(.*);(.*)r")
                    .targetLabel("d")
                    .replacement("ch${1}-$2")))
        .isEqualTo(Labels.of("a", "foo", "b", "bar", "c", "baz", "d", "choo-ba"));
  }

  @Test
  void leavesAloneWhatDoesNotMatchAsAWhole() {
    Draft part = rule(RelabelAction.REPLACE, "a").regex("o").targetLabel("a").replacement("x");
    assertThat(apply(LABELS, part)).isEqualTo(LABELS);
    Draft lines = rule(RelabelAction.REPLACE, "a").targetLabel("d");
    assertThat(apply(Labels.of("a", "x\ny"), lines)).isEqualTo(Labels.of("a", "x\ny", "d", "x\ny"));
  }

  @Test
  void removesALabelThatIsReplacedByNothing() {
    assertThat(apply(LABELS, rule(RelabelAction.REPLACE, "none").targetLabel("a")))
        .isEqualTo(Labels.of("b", "bar", "c", "baz"));
    assertThat(apply(LABELS, rule(RelabelAction.REPLACE).targetLabel("a").replacement("")))
        .isEqualTo(Labels.of("b", "bar", "c", "baz"));
  }

  @Test
  void setsAConstant() {
    assertThat(apply(Labels.EMPTY, rule(RelabelAction.REPLACE).targetLabel("x").replacement("y")))
        .isEqualTo(Labels.of("x", "y"));
  }

  @Test
  void namesTheTargetByGroups() {
    Draft named =
        rule(RelabelAction.REPLACE, "a")
            .regex("some-([^-]+)-(?P<last>.+)")
            .targetLabel("${1}")
            .replacement("$last");
    assertThat(apply(Labels.of("a", "some-name-value"), named))
        .isEqualTo(Labels.of("a", "some-name-value", "name", "value"));
  }

  @ParameterizedTest
  @CsvSource({
    "$1, foo",
    "${1}x, foox",
    "$1x, ''",
    "$$1, $1",
    "$, $",
    "a$, a$",
    "${1, ${1",
    "$3, ''",
    "$01, ''",
    "$2, ''",
    "$é, ''",
    "${}, ${}",
    "$-, $-",
    "$0$0, foofoo",
    "$999999999, ''"
  })
  void fillsTemplatesAsGoDoes(String template, String expected) {
    Labels labels =
        changed(
            Labels.of("a", "foo"),
            rule(RelabelAction.REPLACE, "a")
                .regex("(foo)|(bar)")
                .targetLabel("d")
                .replacement(template));
    assertThat(labels.valueOf("d")).isEqualTo(expected);
  }

  @Test
  void keepsAndDrops() {
    assertThat(apply(LABELS, rule(RelabelAction.KEEP, "a").regex("fo+"))).isEqualTo(LABELS);
    assertThat(apply(LABELS, rule(RelabelAction.KEEP, "a").regex("o+"))).isNull();
    assertThat(apply(LABELS, rule(RelabelAction.DROP, "a").regex("fo+"))).isNull();
    assertThat(apply(LABELS, rule(RelabelAction.DROP, "a").regex("o+"))).isEqualTo(LABELS);
    assertThat(apply(LABELS, rule(RelabelAction.DROP, "none").regex(""))).isNull();
  }

  @Test
  void comparesLabelsWithEachOther() {
    Labels ports = Labels.of("port", "8080", "__port", "8080", "other", "1");
    assertThat(apply(ports, rule(RelabelAction.KEEPEQUAL, "port").targetLabel("__port")))
        .isEqualTo(ports);
    assertThat(apply(ports, rule(RelabelAction.KEEPEQUAL, "port").targetLabel("other"))).isNull();
    assertThat(apply(ports, rule(RelabelAction.DROPEQUAL, "port").targetLabel("__port"))).isNull();
    assertThat(apply(ports, rule(RelabelAction.DROPEQUAL, "port").targetLabel("other")))
        .isEqualTo(ports);
  }

  @Test
  void sharesOutByHash() {
    // 976 and 734: what a Prometheus makes of these texts.
    assertThat(apply(LABELS, rule(RelabelAction.HASHMOD, "c").targetLabel("d").modulus(1000)))
        .isEqualTo(Labels.of("a", "foo", "b", "bar", "c", "baz", "d", "976"));
    assertThat(
            apply(
                Labels.of("a", "foo\nbar"),
                rule(RelabelAction.HASHMOD, "a").targetLabel("b").modulus(1000)))
        .isEqualTo(Labels.of("a", "foo\nbar", "b", "734"));
  }

  @Test
  void mapsDropsAndKeepsNames() {
    Labels meta = Labels.of("__meta_pod_label_app", "web", "job", "x");
    assertThat(apply(meta, rule(RelabelAction.LABELMAP).regex("__meta_pod_label_(.+)")))
        .isEqualTo(Labels.of("__meta_pod_label_app", "web", "app", "web", "job", "x"));
    assertThat(apply(meta, rule(RelabelAction.LABELDROP).regex("__.*")))
        .isEqualTo(Labels.of("job", "x"));
    assertThat(apply(meta, rule(RelabelAction.LABELKEEP).regex("job")))
        .isEqualTo(Labels.of("job", "x"));
  }

  @Test
  void changesCase() {
    Labels upper = changed(LABELS, rule(RelabelAction.UPPERCASE, "a", "b").targetLabel("d"));
    assertThat(upper.get("d")).isEqualTo("FOO;BAR");
    assertThat(apply(upper, rule(RelabelAction.LOWERCASE, "d").targetLabel("d")))
        .isEqualTo(Labels.of("a", "foo", "b", "bar", "c", "baz", "d", "foo;bar"));
  }

  @Test
  void ruleByRule() {
    assertThat(
            apply(
                LABELS,
                rule(RelabelAction.REPLACE, "a").targetLabel("d"),
                rule(RelabelAction.KEEP, "d").regex("foo"),
                rule(RelabelAction.LABELDROP).regex("[abc]")))
        .isEqualTo(Labels.of("d", "foo"));
  }

  @Test
  void refusesRulesThatLackSomething() {
    assertThatThrownBy(() -> rule(RelabelAction.REPLACE, "a").build())
        .hasMessage("relabel configuration for replace action requires 'target_label' value");
    assertThatThrownBy(() -> rule(RelabelAction.HASHMOD, "a").targetLabel("b").build())
        .hasMessage("relabel configuration for hashmod requires non-zero modulus");
    assertThatThrownBy(() -> rule(RelabelAction.LOWERCASE, "a").targetLabel("${3}").build())
        .hasMessage("\"${3}\" is invalid 'target_label' for lowercase action");
    assertThatThrownBy(() -> rule(RelabelAction.LABELDROP, "a").build())
        .hasMessage("labeldrop action requires only regex, and no other fields");
    assertThatThrownBy(() -> rule(RelabelAction.KEEPEQUAL, "a").targetLabel("b").regex("x").build())
        .hasMessageStartingWith("keepequal action requires only source_labels and target_label");
    assertThatThrownBy(() -> rule(RelabelAction.KEEP, "a").regex("(").build())
        .hasMessageContaining("invalid regex \"(\"");
  }

  @Test
  void hashesAnyTextIntoItsModulus() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2000; i++) {
      String text = text(random);
      long modulus = random.nextBoolean() ? random.nextLong() : random.nextLong(1, 50);
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      BigInteger expected =
          new BigInteger(1, digest)
              .mod(BigInteger.ONE.shiftLeft(64))
              .mod(new BigInteger(Long.toUnsignedString(modulus)));
      Labels labels =
          changed(
              Labels.of("a", text),
              rule(RelabelAction.HASHMOD, "a").targetLabel("d").modulus(modulus));
      assertThat(labels.get("d")).isEqualTo(expected.toString());
    }
  }

  @Test
  void keepAndDropAreOpposites() {
    SplittableRandom random = new SplittableRandom(4);
    String[] expressions = {".*", ".+", "a.*", "[a-c]+", "a|bc", "(?i)ab.?", "", "a{1,2}b*"};
    for (int i = 0; i < 2000; i++) {
      Labels labels = Labels.of("a", text(random), "b", text(random));
      String regex = expressions[random.nextInt(expressions.length)];
      boolean kept = apply(labels, rule(RelabelAction.KEEP, "a", "b").regex(regex)) != null;
      boolean dropped = apply(labels, rule(RelabelAction.DROP, "a", "b").regex(regex)) == null;
      assertThat(kept).isEqualTo(dropped);
      String joined = labels.valueOf("a") + ";" + labels.valueOf("b");
      assertThat(kept).isEqualTo(joined.matches("(?s:" + regex + ")"));
    }
  }

  @Test
  void labelDropAndLabelKeepShareTheLabelsOut() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1000; i++) {
      Labels.Builder builder = Labels.EMPTY.toBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        builder.set("l" + text(random), "v" + text(random));
      }
      Labels labels = builder.build();
      Labels dropped = changed(labels, rule(RelabelAction.LABELDROP).regex("l[ab].*"));
      Labels kept = changed(labels, rule(RelabelAction.LABELKEEP).regex("l[ab].*"));
      Labels.Builder together = dropped.toBuilder();
      kept.forEach(label -> together.set(label.name(), label.value()));
      assertThat(together.build()).isEqualTo(labels);
      assertThat(dropped.size() + kept.size()).isEqualTo(labels.size());
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(6); n > 0; n--) {
      text.append("abc;\né$1".charAt(random.nextInt(8)));
    }
    return text.toString();
  }
}
