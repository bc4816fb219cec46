package io.lookout.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.app.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./lookout}, started from another directory. */
class LauncherIT {
  @TempDir private Path directory = Path.of("");

  private Process launch(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Repository.file("lookout").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  private Path log() {
    return directory.resolve("log");
  }

  private int finish(Process process) throws InterruptedException {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void aSignalToTheScriptReachesTheServer() throws IOException, InterruptedException {
    Path ports = directory.resolve("ports");
    Process process =
        launch(
            Map.of(),
            "--listen=127.0.0.1:0",
            "--set=gateway.listen=127.0.0.1:0",
            "--set=scrape.self=false",
            "--port-file=" + ports);
    try {
      await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(ports));
      Properties known = new Properties();
      known.load(Files.newBufferedReader(ports));
      String url = "http://127.0.0.1:" + known.getProperty("http");
      assertThat(Samples.status(url + "/-/healthy")).isEqualTo(200);
      assertThat(Samples.status(url + "/-/ready")).isEqualTo(200);
      assertThat(Samples.status(url + "/metrics")).isEqualTo(200);
      assertThat(Samples.status(url + "/api/v1/status/buildinfo")).isEqualTo(200);
      assertThat(known.getProperty("gateway")).isNotEqualTo(known.getProperty("http"));
      assertThat(directory.resolve("data")).isDirectory();
      process.destroy();
      assertThat(finish(process)).as(Repository.text(log())).isZero();
      assertThat(Repository.text(log())).contains("Ready after", "Stopping", "Stopped");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void wrongSettingsStopTheStart() throws IOException, InterruptedException {
    Files.writeString(directory.resolve("lookout.yaml"), "storage:\n  retenton: 3d\n");
    assertThat(finish(launch(Map.of()))).isEqualTo(2);
    assertThat(Repository.text(log()))
        .contains(
            "lookout.yaml:2: unknown setting storage.retenton; the nearest known one is"
                + " storage.retention");
  }

  @Test
  void theEnvironmentSetsSettingsToo() throws IOException, InterruptedException {
    assertThat(finish(launch(Map.of("LOOKOUT_HTTP_LOOPS", "many")))).isEqualTo(2);
    assertThat(Repository.text(log())).contains("environment variable LOOKOUT_HTTP_LOOPS");
  }

  @Test
  void saysSoWhereTheChosenJavaIsNone() throws IOException, InterruptedException {
    assertThat(finish(launch(Map.of("LOOKOUT_JAVA_HOME", directory.toString())))).isEqualTo(1);
    assertThat(Repository.text(log())).contains("is no Java of 21 or newer");
  }
}
