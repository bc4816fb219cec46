package io.lookout.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.cluster.settings.RawSetting.Items;
import io.lookout.cluster.settings.RawSetting.Nested;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlSourceTest {
  private static Origin line(int line) {
    return new Origin.File("f.yaml", line);
  }

  @Test
  void readsNestedAndDottedNamesWithTheirLines() {
    assertThat(
            YamlSource.read(
                "f.yaml",
                """
                # comment
                storage:
                  retention: 30d
                  wal.sync: always
                query.timeout: 2m
                """))
        .containsExactly(
            RawSetting.text("storage.retention", "30d", line(3)),
            RawSetting.text("storage.wal.sync", "always", line(4)),
            RawSetting.text("query.timeout", "2m", line(5)));
  }

  @Test
  void readsLists() {
    assertThat(YamlSource.read("f.yaml", "a:\n  - x,y\n  - 3\n"))
        .containsExactly(new RawSetting("a", new Items(List.of("x,y", "3")), line(2)));
  }

  @Test
  void aNameWithoutAValueSetsNothing() {
    assertThat(YamlSource.read("f.yaml", "a:\nb: null\n")).isEmpty();
    assertThat(YamlSource.read("f.yaml", "# nothing\n")).isEmpty();
    assertThat(YamlSource.read("f.yaml", "")).isEmpty();
  }

  @Test
  void reportsANameThatIsSetTwice() {
    assertThatThrownBy(() -> YamlSource.read("f.yaml", "a.b: 1\na:\n  b: 2\n"))
        .hasMessage("f.yaml:3: setting a.b was set before, at f.yaml:1");
  }

  @Test
  void reportsTheLineOfASyntaxError() {
    assertThatThrownBy(() -> YamlSource.read("f.yaml", "a: 1\nb: [1, 2\nc: 3\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("f.yaml:3: ");
  }

  @Test
  void reportsAFileThatIsNoMapping() {
    assertThatThrownBy(() -> YamlSource.read("f.yaml", "- a\n- b\n"))
        .hasMessage("f.yaml:1: a file of settings is a mapping of names to values");
    assertThatThrownBy(() -> YamlSource.read("f.yaml", "just text"))
        .hasMessage("f.yaml:1: a file of settings is a mapping of names to values");
  }

  @Test
  void keepsAListOfMappingsAsYaml() {
    String text =
        """
        rules:
          - action: drop
            regex: 'a"\\d'
            source_labels: [x, 'yes']
            modulus: 8
            empty: []
            none:
        """;

    RawSetting setting = YamlSource.read("f.yaml", text).get(0);
    assertThat(setting.value())
        .isEqualTo(
            new Nested(
                "[{\"action\": \"drop\", \"regex\": \"a\\\"\\\\d\", \"source_labels\": [\"x\", \"yes\"],"
                    + " \"modulus\": 8, \"empty\": [], \"none\": null}]"));
    assertThat(YamlSource.read("f.yaml", "rules: " + setting.value()).get(0).value())
        .isEqualTo(setting.value());
  }
}
