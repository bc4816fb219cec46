package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.kafka.KafkaSettings;
import io.lookout.cluster.kafka.TransportSettings;
import io.lookout.cluster.settings.SettingsException;
import io.lookout.ingest.kafka.KafkaExport;
import io.lookout.ingest.kafka.KafkaExportSettings;
import io.lookout.ingest.kafka.KafkaTransport;
import io.lookout.ingest.relay.Relay;
import io.lookout.ingest.relay.RelaySettings;
import io.lookout.ingest.route.Destination;
import io.lookout.ingest.route.Destinations;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.route.Router;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where this node's samples go: to storage, over the event bus or a topic of Kafka, where there is
 * some; to a relay and to a topic for others where they are set.
 */
record Outlets(List<Outlet> all) {
  /** A destination and how it is brought to an end. */
  record Outlet(Destination destination, Supplier<Future<Void>> closing) {}

  /** Fails where samples would have nowhere to go. */
  static Future<Outlets> open(Node node, InFlight inFlight) {
    List<Future<Outlet>> opening = new ArrayList<>();
    storage(node, inFlight, opening);
    relay(node, opening);
    export(node, opening);
    if (opening.isEmpty()) {
      return Future.failedFuture(
          new SettingsException(
              List.of(
                  "this node takes samples and has nowhere to bring them: give it the role storage"
                      + " too, let it join a cluster (cluster.enabled), or set relay.url,"
                      + " transport=kafka or kafka.export.topic")));
    }
    return Future.join(opening)
        .map(opened -> new Outlets(opening.stream().map(Future::result).toList()))
        .recover(failure -> {
          Outlets rest =
              new Outlets(opening.stream().filter(Future::succeeded).map(Future::result).toList());
          return rest.close().transform(closed -> Future.failedFuture(failure));
        });
  }

  /** First of all: its answer is the sender's. */
  private static void storage(Node node, InFlight inFlight, List<Future<Outlet>> opening) {
    TransportSettings transport = node.settings().of(TransportSettings.class);
    if (transport.isKafka()) {
      KafkaSettings kafka = node.settings().of(KafkaSettings.class);
      opening.add(
          KafkaTransport.open(node.vertx(), kafka, transport, inFlight, node.meters())
              .map(opened -> new Outlet(opened, opened::close)));
    } else if (node.storage()) {
      IngestSettings settings = node.settings().of(IngestSettings.class);
      Router router = new Router(node.bus(), node.membership(), inFlight, settings.writeTimeout());
      opening.add(Future.succeededFuture(new Outlet(router, Future::succeededFuture)));
    }
  }

  private static void relay(Node node, List<Future<Outlet>> opening) {
    RelaySettings settings = node.settings().of(RelaySettings.class);
    if (settings.isOn()) {
      opening.add(
          Relay.start(node.vertx(), settings, node.data(), node.meters())
              .map(relay -> new Outlet(relay, relay::stop)));
    }
  }

  private static void export(Node node, List<Future<Outlet>> opening) {
    KafkaExportSettings settings = node.settings().of(KafkaExportSettings.class);
    if (settings.isOn()) {
      KafkaSettings kafka = node.settings().of(KafkaSettings.class);
      opening.add(
          KafkaExport.start(node.vertx(), kafka, settings, node.data(), node.meters())
              .map(export -> new Outlet(export, export::stop)));
    }
  }

  Destination destination() {
    return new Destinations(all.stream().map(Outlet::destination).toList());
  }

  Future<Void> close() {
    return Future.join(all.stream().map(each -> each.closing().get()).toList()).mapEmpty();
  }
}
