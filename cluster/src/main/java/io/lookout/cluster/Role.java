package io.lookout.cluster;

import io.lookout.cluster.settings.Settings;
import io.vertx.core.Future;
import java.util.List;

/**
 * What a node can be: ingest, storage, query. A role deploys its verticles and contributes its HTTP
 * endpoints; the modules of the roles know this interface and each other's messages, never each
 * other.
 */
public interface Role {
  /** As {@code --roles} names it. */
  String name();

  /**
   * The settings records of this role. Asked of every role, also of those that this node does not
   * play, so that one file may serve all nodes. May be called before {@link #start} and without it.
   */
  default List<Class<? extends Record>> settings() {
    return List.of();
  }

  /**
   * Whether it will write below {@link Node#data()}, which the node then takes for itself before
   * any role starts.
   */
  default boolean keepsData(Settings settings) {
    return false;
  }

  /**
   * Deploys everything. Endpoints are added to {@link Node#http()} before the future completes;
   * they are served when all roles have started.
   */
  Future<Void> start(Node node);

  /**
   * Reads files anew that the settings name. Fails where they cannot be used; everything then stays
   * as it was. From any thread.
   */
  default Future<Void> reload() {
    return Future.succeededFuture();
  }

  /**
   * Stops in order: finish what is in flight, flush, release files. Called after the HTTP server
   * has stopped taking requests, in the reverse order of starting.
   */
  Future<Void> stop();
}
