package io.lookout.cluster.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where an engine keeps what, and how it is launched. */
final class EngineLayout {
  /** Starting takes most of the time of an engine here, and the second compiler most of that. */
  private static final List<String> JVM =
      List.of("-Xms512m", "-Xmx512m", "-XX:TieredStopAtLevel=1");

  private EngineLayout() {}

  /** Elasticsearch or OpenSearch, as its script is called too. */
  private static String product(Path engine) {
    return engine.getFileName().toString().replaceFirst("-.*", "");
  }

  /** Whether it has a script to start it, or is a folder of libraries. */
  private static boolean isDistribution(Path engine) {
    return Files.exists(engine.resolve("bin").resolve(product(engine)));
  }

  /** A configuration that it may write to. */
  static void prepare(Path engine, Path home) throws IOException {
    for (String folder : List.of("config", "data", "logs", "tmp")) {
      Files.createDirectories(home.resolve(folder));
    }
    if (isDistribution(engine)) {
      copyConfiguration(engine.resolve("config"), home.resolve("config"));
    }
  }

  private static void copyConfiguration(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    // Logs of garbage collection are of no use here, and some of their options not of every Java.
    Path options = to.resolve("jvm.options");
    Files.write(
        options,
        Files.readAllLines(options).stream().filter(line -> !line.contains("-Xlog")).toList());
    Files.createDirectories(to.resolve("jvm.options.d"));
  }

  static Process launch(Path engine, Path home, int port) throws IOException {
    ProcessBuilder builder =
        isDistribution(engine) ? distribution(engine, home, port) : libraries(engine, home, port);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("out.log").toFile()))
        .start();
  }

  private static ProcessBuilder libraries(Path engine, Path home, int port) {
    List<String> command = new ArrayList<>(List.of(java("").resolve("bin/java").toString()));
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + home.resolve("tmp"),
            "-Dopensearch.networkaddress.cache.ttl=60",
            "-cp",
            engine.resolve("lib") + "/*:" + engine.resolve("lib"),
            "OpenSearchNode",
            home.toString(),
            Integer.toString(port)));
    return new ProcessBuilder(command);
  }

  private static ProcessBuilder distribution(Path engine, Path home, int port) throws IOException {
    Files.write(
        home.resolve("config").resolve(product(engine) + ".yml"), settings(engine, home, port));
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to run as root, and so runs as somebody who is root outside.
      command.addAll(List.of("unshare", "--user", "--map-user=1000", "--map-group=1000"));
    }
    command.add(engine.resolve("bin").resolve(product(engine)).toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    String prefix = product(engine).equals("elasticsearch") ? "ES_" : "OPENSEARCH_";
    String java = java(engine.getFileName().toString().contains("-7.") ? "17" : "").toString();
    environment.put(prefix + "PATH_CONF", home.resolve("config").toString());
    environment.put(prefix + "TMPDIR", home.resolve("tmp").toString());
    environment.put(prefix + "JAVA_HOME", java);
    // Elasticsearch before 7.12 knows this name only.
    environment.put("JAVA_HOME", java);
    environment.put(prefix + "JAVA_OPTS", String.join(" ", JVM));
    return builder;
  }

  private static List<String> settings(Path engine, Path home, int port) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "cluster.name: lookout-tests",
                "discovery.type: single-node",
                "network.host: 127.0.0.1",
                "http.port: " + port,
                "transport.port: 0",
                "cluster.routing.allocation.disk.threshold_enabled: false",
                "path.data: " + home.resolve("data"),
                "path.logs: " + home.resolve("logs")));
    // Elsewhere it is a setting that does not exist, and so a failure.
    if (product(engine).equals("elasticsearch") && !engine.endsWith("elasticsearch-7.10.2")) {
      settings.add("xpack.security.enabled: false");
    }
    return settings;
  }

  /** The Java of this process, or one of another version from the usual place. */
  private static Path java(String version) {
    if (version.isEmpty()) {
      return Path.of(System.getProperty("java.home"));
    }
    try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
      return all.filter(home -> home.getFileName().toString().contains("-" + version + "-"))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("this engine needs Java " + version));
    } catch (IOException e) {
      throw new IllegalStateException("this engine needs Java " + version, e);
    }
  }
}
