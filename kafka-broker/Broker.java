import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker that is its own controller, on loopback. Arguments: a directory, used again where it has
 * one already; the port for clients; the port for the controller; further settings as NAME=VALUE.
 */
class Broker {
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path data = home.resolve("data");
    Properties settings = settings(data, arguments[1], arguments[2]);
    for (String more : List.of(arguments).subList(3, arguments.length)) {
      settings.setProperty(
          more.substring(0, more.indexOf('=')), more.substring(more.indexOf('=') + 1));
    }
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(data);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.startup();
    Files.writeString(home.resolve("ready"), "");
    server.awaitShutdown();
  }

  private static Properties settings(Path data, String port, String controllerPort) {
    String clients = "127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    Properties settings = new Properties();
    settings.putAll(
        new TreeMap<>(
            Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@" + controller,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "PLAINTEXT://" + clients + ",CONTROLLER://" + controller,
                "advertised.listeners",
                "PLAINTEXT://" + clients,
                "log.dirs",
                data.toString(),
                "auto.create.topics.enable",
                "false")));
    for (String one :
        List.of(
            "offsets.topic.replication.factor",
            "offsets.topic.num.partitions",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "share.coordinator.state.topic.replication.factor")) {
      settings.setProperty(one, "1");
    }
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    settings.setProperty("log.cleaner.threads", "1");
    return settings;
  }

  private static void format(Path data) throws Exception {
    Files.createDirectories(data);
    new Formatter()
        .setPrintStream(System.out)
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(data.toString()))
        .setMetadataLogDirectory(data.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
  }
}
