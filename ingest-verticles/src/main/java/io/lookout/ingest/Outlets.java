package io.lookout.ingest;

import io.lookout.cluster.Node;
import io.lookout.cluster.settings.SettingsException;
import io.lookout.ingest.relay.Relay;
import io.lookout.ingest.relay.RelaySettings;
import io.lookout.ingest.route.Destination;
import io.lookout.ingest.route.Destinations;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.route.Router;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where this node's samples go: to storage where there is some, and to a relay where one is set.
 */
record Outlets(boolean storage, Optional<Relay> relay) {
  /** Fails where samples would have nowhere to go. */
  static Future<Outlets> open(Node node) {
    RelaySettings settings = node.settings().of(RelaySettings.class);
    if (settings.isOn()) {
      return Relay.start(node.vertx(), settings, node.data(), node.meters())
          .map(relay -> new Outlets(node.storage(), Optional.of(relay)));
    }
    return node.storage()
        ? Future.succeededFuture(new Outlets(true, Optional.empty()))
        : Future.failedFuture(
            new SettingsException(
                List.of(
                    "this node takes samples and has nowhere to bring them: give it the role"
                        + " storage too, let it join a cluster (cluster.enabled), or set relay.url")));
  }

  Destination destination(Node node, InFlight inFlight) {
    List<Destination> all = new ArrayList<>();
    if (storage) {
      IngestSettings settings = node.settings().of(IngestSettings.class);
      all.add(new Router(node.bus(), node.membership(), inFlight, settings.writeTimeout()));
    }
    relay.ifPresent(all::add);
    return new Destinations(all);
  }

  Future<Void> close() {
    return relay.map(Relay::stop).orElseGet(Future::succeededFuture);
  }
}
