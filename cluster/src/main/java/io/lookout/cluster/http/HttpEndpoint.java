package io.lookout.cluster.http;

import io.vertx.ext.web.Router;

/**
 * Something that answers HTTP requests. The edge makes one object for every event loop it serves
 * on, so an endpoint may keep state that is not thread-safe as long as it stays on its loop.
 */
@FunctionalInterface
public interface HttpEndpoint {
  /**
   * Adds the routes. No body handler is installed: a route reads its body as it needs, with a limit
   * of its own.
   */
  void mount(Router router);
}
