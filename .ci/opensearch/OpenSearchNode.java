import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;

/**
 * OpenSearch from its published libraries, of which there is no archive: one node of its own cluster,
 * with nothing but the HTTP transport. Arguments: its directory and its port. Works with 2.x and 3.x.
 */
final class OpenSearchNode extends Node {
  @SuppressWarnings({"unchecked", "rawtypes"}) // Classes until 2.x, descriptions of them since.
  private OpenSearchNode(Environment environment) {
    super(environment, (Collection) List.of(transport()), true);
  }

  private static Object transport() {
    Class<?> plugin = plugin();
    for (Constructor<?> each : Node.class.getDeclaredConstructors()) {
      if (each.toGenericString().contains(PluginInfo.class.getName())) {
        return new PluginInfo(
            "netty4", "", "1", Version.CURRENT, "21", plugin.getName(), null, List.of(), false);
      }
    }
    return plugin;
  }

  private static Class<?> plugin() {
    try {
      return Class.forName("org.opensearch.transport.Netty4ModulePlugin");
    } catch (ClassNotFoundException e) {
      return plugin2();
    }
  }

  private static Class<?> plugin2() {
    try {
      return Class.forName("org.opensearch.transport.Netty4Plugin");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("no HTTP transport among the libraries", e);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings =
        Settings.builder()
            .put("path.home", Path.of(arguments[0]).toAbsolutePath())
            .put("cluster.name", "lookout-tests")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[1])
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("transport.port", "0")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "engine");
    Node node = new OpenSearchNode(environment);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    node.close();
                    node.awaitClose(10, TimeUnit.SECONDS);
                  } catch (Exception e) {
                    e.printStackTrace();
                  }
                }));
    node.start();
    // None of its own threads keeps the process alive.
    new CountDownLatch(1).await();
  }
}
