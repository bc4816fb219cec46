package io.lookout.ingest.plugin;

import io.lookout.cluster.settings.SettingsException;
import io.lookout.ingest.intake.AsideStage;
import io.lookout.ingest.intake.Onlooker;
import io.lookout.plugin.ExporterPlugin;
import io.lookout.plugin.FilterPlugin;
import io.lookout.plugin.Plugin;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plug-ins of a node. */
public final class Plugins {
  private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);
  private static final int CHECKS_A_TIMEOUT = 4;

  private final Vertx vertx;
  private Optional<PluginJars> jars = Optional.empty();
  private final List<Plugin> all = new ArrayList<>();
  private final List<FilterThreads> filters = new ArrayList<>();
  private final List<ExporterQueue> exporters = new ArrayList<>();
  private long timer = -1;

  private Plugins(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Finds and starts those of the settings' directory.
   *
   * @return fails with {@link SettingsException} where one cannot be used: a node that silently
   *     does without would store what was to be dropped
   */
  public static Future<Plugins> start(
      Vertx vertx, PluginSettings settings, MeterRegistry registry) {
    Plugins plugins = new Plugins(vertx);
    if (settings.directory().isEmpty()) {
      return Future.succeededFuture(plugins);
    }
    return vertx
        .executeBlocking(() -> {
          plugins.load(settings, registry);
          return plugins;
        })
        .onSuccess(loaded -> loaded.watch(settings))
        .recover(failure -> plugins.close().transform(closed -> Future.failedFuture(failure)));
  }

  private void load(PluginSettings settings, MeterRegistry registry) {
    Set<String> names = new HashSet<>();
    PluginJars opened = PluginJars.open(settings.directory());
    jars = Optional.of(opened);
    for (Plugin plugin : opened.plugins()) {
      String name = plugin.name();
      if (!names.add(name)) {
        throw new SettingsException(List.of("plugins.dir: two plug-ins are called " + name));
      }
      start(plugin, settings);
      all.add(plugin);
      PluginFailures failures = new PluginFailures(name, registry);
      if (plugin instanceof FilterPlugin filter) {
        FilterStage stage = new FilterStage(filter, failures);
        filters.add(new FilterThreads(vertx, stage, name, settings, registry));
      }
      if (plugin instanceof ExporterPlugin exporter) {
        ExporterQueue queue = new ExporterQueue(exporter, settings, failures, registry);
        exporters.add(queue);
        queue.start();
      }
      LOG.info("Plug-in {} is used ({})", name, plugin.getClass().getName());
    }
  }

  private static void start(Plugin plugin, PluginSettings settings) {
    try {
      plugin.start(PluginJars.settings(settings.directory(), plugin.name()));
    } catch (Exception | LinkageError e) {
      throw new SettingsException(
          List.of("plugins.dir: plug-in " + plugin.name() + " does not start: " + e));
    }
  }

  private void watch(PluginSettings settings) {
    if (!exporters.isEmpty()) {
      long millis = Math.max(1, settings.exporterTimeout().toMillis() / CHECKS_A_TIMEOUT);
      timer = vertx.setPeriodic(millis, id -> exporters.forEach(ExporterQueue::interruptIfSlow));
    }
  }

  /** In the order of their jars' names. */
  public List<AsideStage> filters() {
    return List.copyOf(filters);
  }

  public List<Onlooker> exporters() {
    return List.copyOf(exporters);
  }

  /** Gives the exporters what waits for them, for a while, and closes all. */
  public Future<Void> close() {
    return vertx
        .executeBlocking(() -> {
          for (ExporterQueue each : exporters) {
            each.close();
          }
          filters.forEach(FilterThreads::close);
          all.forEach(Plugins::close);
          jars.ifPresent(PluginJars::close);
          return (Void) null;
        })
        .onComplete(done -> vertx.cancelTimer(timer));
  }

  private static void close(Plugin plugin) {
    try {
      plugin.close();
    } catch (Exception | LinkageError e) {
      LOG.warn("Plug-in {} does not close", plugin.name(), e);
    }
  }
}
