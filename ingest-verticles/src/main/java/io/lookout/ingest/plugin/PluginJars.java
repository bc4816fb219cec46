package io.lookout.ingest.plugin;

import io.lookout.cluster.settings.SettingsException;
import io.lookout.plugin.ExporterPlugin;
import io.lookout.plugin.FilterPlugin;
import io.lookout.plugin.Plugin;
import java.io.IOException;
import java.io.Reader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in a directory of plug-ins. Each jar has a class loader of its own, which is closed with
 * this: nothing can be loaded from the jars afterwards.
 */
final class PluginJars implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginJars.class);

  private final List<Plugin> plugins = new ArrayList<>();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  private PluginJars() {}

  /**
   * Makes the plug-ins of all jars.
   *
   * @throws SettingsException where there is no such directory, or a jar's plug-in cannot be made
   */
  static PluginJars open(String directory) {
    PluginJars jars = new PluginJars();
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      files
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .sorted()
          .forEach(jars::load);
      return jars;
    } catch (IOException e) {
      throw new SettingsException(List.of("plugins.dir: " + directory + " cannot be listed: " + e));
    } catch (SettingsException e) {
      jars.close();
      throw e;
    }
  }

  /** In the order of their jars' names. */
  List<Plugin> plugins() {
    return List.copyOf(plugins);
  }

  @Override
  public void close() {
    for (URLClassLoader loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.warn("The class loader {} does not close", loader.getName(), e);
      }
    }
  }

  private void load(Path jar) {
    int before = plugins.size();
    try {
      URLClassLoader loader =
          new URLClassLoader(
              "plugin-" + jar.getFileName(),
              new URL[] {jar.toUri().toURL()},
              PluginJars.class.getClassLoader());
      loaders.add(loader);
      load(FilterPlugin.class, loader, plugins);
      load(ExporterPlugin.class, loader, plugins);
    } catch (IOException | ServiceConfigurationError | LinkageError e) {
      throw new SettingsException(List.of("plugins.dir: " + jar + " cannot be loaded: " + e));
    }
    if (plugins.size() == before) {
      throw new SettingsException(
          List.of(
              "plugins.dir: "
                  + jar
                  + " has no plug-in: it names none in META-INF/services/"
                  + FilterPlugin.class.getName()
                  + " or META-INF/services/"
                  + ExporterPlugin.class.getName()));
    }
  }

  /** A class that is both is one plug-in. What the class path has does not come from the jar. */
  @SuppressWarnings("ReferenceEquality") // Class loaders are what they are, not alike.
  private static <P extends Plugin> void load(Class<P> type, ClassLoader from, List<Plugin> to) {
    ServiceLoader.load(type, from).stream()
        .filter(provider -> provider.type().getClassLoader() == from)
        .filter(provider -> to.stream().noneMatch(known -> known.getClass() == provider.type()))
        .forEach(provider -> to.add(provider.get()));
  }

  /** Of the file {@code <name>.properties}; empty where there is none. */
  static Map<String, String> settings(String directory, String name) {
    Path file = Path.of(directory, name + ".properties");
    Map<String, String> settings = new TreeMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new SettingsException(List.of("plugins.dir: " + file + " cannot be read: " + e));
      }
      properties
          .stringPropertyNames()
          .forEach(key -> settings.put(key, properties.getProperty(key)));
    }
    return settings;
  }
}
