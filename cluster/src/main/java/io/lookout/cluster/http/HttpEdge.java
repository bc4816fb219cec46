package io.lookout.cluster.http;

import io.lookout.cluster.settings.HostPort;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Where roles leave their endpoints before the server starts. */
public interface HttpEdge {
  /** Served on the main port. The supplier is asked once for every event loop. */
  void add(Supplier<? extends HttpEndpoint> endpoint);

  /** Served on the main port and on the gateway port: ingest paths. */
  void addIngest(Supplier<? extends HttpEndpoint> endpoint);

  /**
   * Served on a port of its own, and nowhere else.
   *
   * @param setting that holds the address: names the port in messages and in the port file
   */
  void addPort(String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint);

  /** The same, where HTTP/2 without TLS is spoken too. */
  void addHttp2Port(String setting, HostPort address, Supplier<? extends HttpEndpoint> endpoint);

  /**
   * Where the main port is listened on: with the real port where the system was asked for a free
   * one. Completes when the server takes requests, after all roles have started.
   */
  Future<HostPort> listening();
}
