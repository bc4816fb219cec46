package io.lookout.query.http;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What {@code status/runtimeinfo} tells of the process. What has its name from Go's runtime is told
 * of Java's: threads for goroutines, processors, the limit of the heap. Asks the operating system,
 * so it may block.
 *
 * @param retention how long samples are kept, as the setting has it
 */
record RuntimeInfo(Instant started, Instant now, String retention) {
  JsonObject json() {
    Runtime runtime = Runtime.getRuntime();
    return new JsonObject()
        .put("startTime", started.toString())
        .put("CWD", Path.of("").toAbsolutePath().toString())
        .put("hostname", hostname())
        .put("serverTime", now.toString())
        .put("reloadConfigSuccess", true)
        .put("lastConfigTime", started.toString())
        .put("corruptionCount", 0)
        .put("goroutineCount", ManagementFactory.getThreadMXBean().getThreadCount())
        .put("GOMAXPROCS", runtime.availableProcessors())
        .put("GOMEMLIMIT", runtime.maxMemory())
        .put("GOGC", "")
        .put("GODEBUG", "")
        .put("storageRetention", retention);
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // The name has no address: the environment may still know it.
      String name = System.getenv("HOSTNAME");
      return name == null || name.isEmpty() ? "localhost" : name;
    }
  }
}
