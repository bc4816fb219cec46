package io.lookout.cluster.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other origins use the API, with the headers that Prometheus sends: the origin of
 * the request is named where it may, so that caches must tell origins apart. {@code OPTIONS} is
 * answered for each path of the API, whether there is something or not. Mounted before all else.
 */
final class CorsEndpoint implements HttpEndpoint {
  private static final String API = "/api/*";

  private final Pattern origins;

  /**
   * @param origins whose pages may use the API: a regular expression for all of an origin
   */
  CorsEndpoint(String origins) {
    this.origins = Pattern.compile(origins);
  }

  @Override
  public void mount(Router router) {
    router.route(API).handler(this::allow);
    router.options(API).handler(context -> context.response().setStatusCode(204).end());
  }

  private void allow(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set("Vary", "Origin");
    @Nullable String origin = context.request().getHeader("Origin");
    if (origin != null && !origin.isEmpty()) {
      headers
          .set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Origin")
          .set("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
          .set("Access-Control-Expose-Headers", "Date");
      if (origins.matcher(origin).matches()) {
        headers.set("Access-Control-Allow-Origin", origin);
      }
    }
    context.next();
  }

  /** Takes back what was set: where no endpoint answers, there is nothing to allow. */
  static void withdraw(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.names().stream()
        .filter(name -> name.startsWith("Access-Control-") || name.equals("Vary"))
        .toList()
        .forEach(headers::remove);
  }
}
