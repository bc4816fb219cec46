package io.lookout.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lookout.app.protocols.RunningLookout;
import io.lookout.cluster.settings.SettingsException;
import io.lookout.plugin.ExporterPlugin;
import io.lookout.plugin.FilterPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A started Lookout with plug-ins of all sorts. */
class PluginsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory = Path.of("");
  private Path plugins = Path.of("");

  @BeforeEach
  void directories() throws IOException {
    plugins = Files.createDirectory(directory.resolve("plugins"));
  }

  private RunningLookout start(String... settings) {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "plugins.dir=" + plugins;
    return RunningLookout.start(directory.resolve("data"), all);
  }

  @Test
  void theSampleFiltersAndExports() throws IOException {
    Path csv = directory.resolve("samples.csv");
    PluginJar.sample(plugins.resolve("sample.jar"));
    Files.writeString(plugins.resolve("drop-by-label.properties"), "label=env\nvalue=test\n");
    Files.writeString(plugins.resolve("csv-file.properties"), "file=" + csv + "\n");
    long time = System.currentTimeMillis();

    try (RunningLookout lookout = start()) {
      String text = "up{env=\"test\"} 1 %d\nup{env=\"prod\"} 2 %d\n".formatted(time, time);
      assertThat(lookout.post("/api/v1/import/prometheus", text).statusCode()).isEqualTo(204);

      assertThat(lookout.value("up")).isEqualTo(2);
      await().atMost(PATIENCE).until(() -> Files.exists(csv) && Files.size(csv) > 0);
      assertThat(lookout.metric("lookout_plugin_failures_total{plugin=\"csv-file\"}")).isZero();
      assertThat(
              lookout.metric(
                  "lookout_ingest_dropped_samples_total{by=\"drop-by-label\","
                      + "protocol=\"text_import\"}"))
          .isOne();
    }
    assertThat(Files.readString(csv))
        .isEqualTo("anonymous,\"up{env=\"\"prod\"\"}\"," + time + ",2.0\n");
  }

  @Test
  void whatThrowsIsCountedAndHurtsNobody() throws IOException {
    broken("Thrower", "throw new IllegalStateException(\"no\");", "throw new Exception(\"no\");");
    broken("Sleeper", "return true;", "new java.util.concurrent.CountDownLatch(1).await();");

    try (RunningLookout lookout =
        start("plugins.exporter.timeout=100ms", "plugins.exporter.queue=2")) {
      for (int i = 0; i < 20; i++) {
        String text = "up{i=\"" + i + "\"} 1\n";
        assertThat(lookout.post("/api/v1/import/prometheus", text).statusCode()).isEqualTo(204);
      }
      assertThat(lookout.value("count(up)")).isEqualTo(20);
      // Twenty times as a filter, and at least once as an exporter.
      await()
          .atMost(PATIENCE)
          .until(() -> lookout.metric("lookout_plugin_failures_total{plugin=\"thrower\"}") > 20);
      // Interrupted.
      await()
          .atMost(PATIENCE)
          .until(() -> lookout.metric("lookout_plugin_failures_total{plugin=\"sleeper\"}") > 0);
    }
  }

  /** With one event loop, so that one that waits would be felt by everybody. */
  @Test
  void aFilterThatWaitsHoldsUpItsOwnBatchAlone() throws IOException {
    String waiting =
        """
        if (labels.valueOf("__name__").equals("held")) {
          while (!Boolean.getBoolean("lookout.test.release")) {
            // Interrupted or not, as bad filters do.
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
          }
        }
        return !labels.valueOf("__name__").equals("unwanted");
        """;
    broken("Waiter", waiting, "");
    try (RunningLookout lookout =
        start("http.loops=1", "plugins.filter.timeout=60s", "plugins.filter.threads=2")) {
      CompletableFuture<Integer> held =
          CompletableFuture.supplyAsync(() -> imported(lookout, "held 1\n"));
      await().atMost(PATIENCE).until(() -> threads("lookout-filter-waiter-") > 0);
      assertThat(imported(lookout, "free 1\nunwanted 1\n")).isEqualTo(204);
      assertThat(lookout.value("free")).isOne();
      assertThat(lookout.query("unwanted")).isEmpty();
      assertThat(held).isNotDone();
      System.setProperty("lookout.test.release", "true");
      assertThat(held.join()).isEqualTo(204);
      assertThat(lookout.metric("lookout_plugin_late_batches_total{plugin=\"waiter\"}")).isZero();
    } finally {
      System.clearProperty("lookout.test.release");
    }

    try (RunningLookout lookout =
        start(
            "plugins.filter.timeout=50ms", "plugins.filter.threads=1", "plugins.filter.queue=1")) {
      assertThat(imported(lookout, "held 2\n")).isEqualTo(204);
      assertThat(imported(lookout, "unwanted 2\n")).isEqualTo(204);
      assertThat(lookout.value("held")).isEqualTo(2);
      assertThat(lookout.value("unwanted")).isEqualTo(2);
      assertThat(lookout.metric("lookout_plugin_late_batches_total{plugin=\"waiter\"}"))
          .isGreaterThanOrEqualTo(2);
    } finally {
      System.setProperty("lookout.test.release", "true");
      await().atMost(PATIENCE).until(() -> threads("lookout-filter-waiter-") == 0);
      System.clearProperty("lookout.test.release");
    }
  }

  private static int imported(RunningLookout lookout, String text) {
    return lookout.post("/api/v1/import/prometheus", text).statusCode();
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  /** A plug-in that is both, whose methods do this. */
  private void broken(String name, String filter, String exporter) throws IOException {
    String source =
        """
        import io.lookout.model.Labels;
        import io.lookout.plugin.*;

        public final class %s implements FilterPlugin, ExporterPlugin {
          @Override public String name() { return "%s"; }
          @Override public boolean keep(String tenant, Labels labels, long time, double value) {
            %s
          }
          @Override public void export(Samples samples) throws Exception {
            %s
          }
        }
        """
            .formatted(name, name.toLowerCase(java.util.Locale.ROOT), filter, exporter);
    new PluginJar()
        .source(name + ".java", source)
        .service(FilterPlugin.class, name)
        .service(ExporterPlugin.class, name)
        .write(plugins.resolve(name + ".jar"));
  }

  @Test
  void nothingHoldsAJarOpenAfterTheEnd() throws IOException {
    broken("Loader", "return true;", "System.getProperties().put(\"loader\", getClass());");

    try (RunningLookout lookout = start()) {
      assertThat(lookout.post("/api/v1/import/prometheus", "up 1\n").statusCode()).isEqualTo(204);
      await().atMost(PATIENCE).until(() -> System.getProperties().containsKey("loader"));
    }
    Class<?> plugin = (Class<?>) System.getProperties().remove("loader");
    assertThat(Objects.requireNonNull(plugin).getResource("Loader.class")).isNull();
  }

  @Test
  void whatCannotBeUsedStopsTheStart() throws IOException {
    PluginJar.sample(plugins.resolve("sample.jar"));
    assertThatThrownBy(this::start)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("plug-in drop-by-label does not start")
        .hasMessageContaining("must set label and value");

    Files.delete(plugins.resolve("sample.jar"));
    new PluginJar().write(plugins.resolve("empty.jar"));
    assertThatThrownBy(this::start).hasMessageContaining("empty.jar has no plug-in");

    new PluginJar().service(FilterPlugin.class, "NotThere").write(plugins.resolve("empty.jar"));
    assertThatThrownBy(this::start).hasMessageContaining("empty.jar cannot be loaded");
  }
}
