package io.lookout.cluster.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentSourceTest {
  private static final Catalogue CATALOGUE = Catalogue.of(List.of(TestSettings.class));

  @Test
  void mapsVariablesToSettings() {
    assertThat(EnvironmentSource.read(Map.of("LOOKOUT_STORAGE_WAL_SYNC", "always"), CATALOGUE))
        .containsExactly(
            RawSetting.text(
                "storage.wal.sync", "always", new Origin.Environment("LOOKOUT_STORAGE_WAL_SYNC")));
  }

  @Test
  void keepsMisspeltVariablesSoThatTheyAreReported() {
    assertThat(EnvironmentSource.read(Map.of("LOOKOUT_STORAGE_WAL_SINK", "1"), CATALOGUE))
        .extracting(RawSetting::name)
        .containsExactly("storage.wal.sink");
  }

  @Test
  void leavesTheLaunchersAndKubernetesVariablesAlone() {
    Map<String, String> environment =
        Map.of(
            "PATH", "/bin",
            "LOOKOUT_JAVA_HOME", "/opt/jdk",
            "LOOKOUT_JAVA_OPTS", "-Xmx1g",
            "LOOKOUT_PORT", "tcp://10.0.0.1:9090",
            "LOOKOUT_SERVICE_HOST", "10.0.0.1",
            "LOOKOUT_SERVICE_PORT_HTTP", "9090",
            "LOOKOUT_PORT_9090_TCP_ADDR", "10.0.0.1",
            "LOOKOUT_STORAGE_SERVICE_HOST", "10.0.0.2");
    assertThat(EnvironmentSource.read(environment, CATALOGUE)).isEmpty();
  }
}
