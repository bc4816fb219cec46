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

/** What is in a directory of plug-ins. Each jar has a class loader of its own. */
final class PluginJars {
  private PluginJars() {}

  /**
   * The plug-ins, in the order of their jars' names.
   *
   * @throws SettingsException where there is no such directory, or a jar's plug-in cannot be made
   */
  static List<Plugin> in(String directory) {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      List<Plugin> found = new ArrayList<>();
      files
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .sorted()
          .forEach(jar -> load(jar, found));
      return found;
    } catch (IOException e) {
      throw new SettingsException(List.of("plugins.dir: " + directory + " cannot be listed: " + e));
    }
  }

  private static void load(Path jar, List<Plugin> to) {
    int before = to.size();
    try {
      ClassLoader loader =
          new URLClassLoader(
              "plugin-" + jar.getFileName(),
              new URL[] {jar.toUri().toURL()},
              PluginJars.class.getClassLoader());
      load(FilterPlugin.class, loader, to);
      load(ExporterPlugin.class, loader, to);
    } catch (IOException | ServiceConfigurationError | LinkageError e) {
      throw new SettingsException(List.of("plugins.dir: " + jar + " cannot be loaded: " + e));
    }
    if (to.size() == before) {
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
