package io.lookout.cluster.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * With which methods a path may be asked: {@code GET, OPTIONS, POST}, as the header {@code Allow}
 * has it. {@code OPTIONS} may be asked of each path at which there is something.
 */
final class AllowedMethods {
  private AllowedMethods() {}

  /** Empty where there is nothing at the path. */
  static String at(String path, Router router) {
    Set<String> allowed = new TreeSet<>(Comparator.naturalOrder());
    for (Route route : router.getRoutes()) {
      @Nullable Set<HttpMethod> methods = route.methods();
      if (methods != null && !isOfAllPaths(route) && matches(route, path)) {
        methods.forEach(method -> allowed.add(method.name()));
        allowed.add(HttpMethod.OPTIONS.name());
      }
    }
    return String.join(", ", allowed);
  }

  /** The answers to {@code OPTIONS} below {@code /api/} tell of no endpoint. */
  private static boolean isOfAllPaths(Route route) {
    return Set.of(HttpMethod.OPTIONS).equals(route.methods());
  }

  private static boolean matches(Route route, String path) {
    @Nullable String pattern = route.getPath();
    if (pattern == null) {
      return false;
    }
    String whole = pattern + (route.isExactPath() ? "" : "*");
    return path.matches(
        Pattern.quote(whole)
            .replace("*", "\\E.*\\Q")
            .replaceAll(":[A-Za-z0-9_]+", "\\\\E[^/]+\\\\Q"));
  }
}
