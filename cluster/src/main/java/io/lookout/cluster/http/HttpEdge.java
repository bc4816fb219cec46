package io.lookout.cluster.http;

import java.util.function.Supplier;

/** Where roles leave their endpoints before the server starts. */
public interface HttpEdge {
  /** Served on the main port. The supplier is asked once for every event loop. */
  void add(Supplier<? extends HttpEndpoint> endpoint);

  /** Served on the main port and on the gateway port: ingest paths. */
  void addIngest(Supplier<? extends HttpEndpoint> endpoint);
}
