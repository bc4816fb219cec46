package io.lookout.ingest.metricbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.lookout.ingest.metricbeat.Events.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is remembered of fields: of whom, how much, and that names do not depend on its order. */
class EventFieldsTest {
  private static final String DOTTED = measured("\"a\":{\"b_c\":1}");
  private static final String UNDERSCORED = measured("\"a_b\":{\"c\":2}");

  private static String measured(String members) {
    return Events.event("m", "s", "\"m\":{" + members + "}");
  }

  /** Of one event with one value. */
  private static String name(Decoded decoded) {
    String series = decoded.samples().keySet().iterator().next();
    return series.substring(0, series.indexOf('{'));
  }

  @Test
  void whoseNameReadsAlikeDoesNotDependOnWhoCameFirst() {
    Events one = new Events();
    assertThat(name(one.create(DOTTED))).isEqualTo("m_a_b_c");
    String apart = name(one.create(UNDERSCORED));
    assertThat(apart).matches("m_a_b_c_[0-9a-f]{4}");

    Events other = new Events();
    assertThat(name(other.create(UNDERSCORED))).isEqualTo("m_a_b_c");
    assertThat(name(other.create(DOTTED))).isEqualTo("m_a_b_c");
    assertThat(name(other.create(UNDERSCORED))).isEqualTo(apart);
    assertThat(name(other.create(DOTTED))).isEqualTo("m_a_b_c");
  }

  @Test
  void oneRequestNeverGivesTwoPathsOneName() {
    Decoded decoded = new Events().create(UNDERSCORED, DOTTED, measured("\"a_b_c\":3"));
    assertThat(decoded.samples()).hasSize(3);
    assertThat(decoded.samples().keySet())
        .filteredOn(series -> series.startsWith("m_a_b_c{"))
        .hasSize(1);
  }

  @Test
  void inAnyOrderTheNamesAreTheSameInTheEnd() {
    SplittableRandom random = new SplittableRandom(5);
    List<String> events = new ArrayList<>();
    for (String name : List.of("a.b.c", "a.b_c", "a_b.c", "a_b_c", "a-b.c", "a-b-c", "x", "x.y")) {
      events.add(measured("\"" + name + "\":" + events.size()));
    }
    TreeSet<String> expected = new TreeSet<>(names(new Events(), events));
    assertThat(expected).hasSize(events.size());
    for (int round = 0; round < 50; round++) {
      Events learning = new Events();
      for (int i = 0; i < 20; i++) {
        learning.create(events.get(random.nextInt(events.size())));
      }
      assertThat(new TreeSet<>(names(learning, events))).isEqualTo(expected);
    }
  }

  private static List<String> names(Events learning, List<String> events) {
    return learning.create(events.toArray(new String[0])).samples().entrySet().stream()
        .map(each -> each.toString().replaceAll("\\{.*\\}", ""))
        .toList();
  }

  @Test
  void tenantsKnowNothingOfEachOther() {
    Events events = new Events();
    events.createFor("loud", DOTTED);
    assertThat(name(events.createFor("quiet", UNDERSCORED))).isEqualTo("m_a_b_c");
    assertThat(name(events.createFor("loud", UNDERSCORED))).isNotEqualTo("m_a_b_c");
    assertThat(name(events.createFor("quiet", UNDERSCORED))).isEqualTo("m_a_b_c");
  }

  @Test
  void whatOneTenantCanFillIsBounded() {
    Events events = new Events(new EventFields.Room(50, 120));
    for (int i = 0; i < 100; i++) {
      Decoded decoded = events.createFor("loud", measured("\"v" + i + "\":" + i));
      assertThat(name(decoded)).isEqualTo("m_v" + i);
    }
    assertThat(events.fields()).isEqualTo(50);
    events.createFor("quiet", DOTTED);
    assertThat(events.fields()).isGreaterThan(55).isLessThan(70);
    assertThat(name(events.createFor("quiet", UNDERSCORED))).isNotEqualTo("m_a_b_c");
  }

  @Test
  void whatAllTenantsCanFillIsBounded() {
    Events events = new Events(new EventFields.Room(50, 120));
    for (int i = 0; i < 1000; i++) {
      events.createFor("t" + i, DOTTED);
      events.createFor("always", UNDERSCORED, DOTTED);
      assertThat(events.fields()).isLessThan(160);
    }
    assertThat(name(events.createFor("always", UNDERSCORED))).isNotEqualTo("m_a_b_c");
  }
}
