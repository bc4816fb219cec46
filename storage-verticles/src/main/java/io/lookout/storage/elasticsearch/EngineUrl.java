package io.lookout.storage.elasticsearch;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where one host of the engine listens.
 *
 * @param path without a slash at its end; mostly empty
 */
record EngineUrl(boolean tls, String host, int port, String path) {
  private static final int DEFAULT_PORT = 9200;

  /**
   * @throws IllegalArgumentException for text that is no URL of a host
   */
  static EngineUrl parse(String text) {
    URI uri;
    try {
      uri = URI.create(text.contains("://") ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    @Nullable String host = uri.getHost();
    if (host == null || !(tls || scheme.equals("http")) || uri.getQuery() != null) {
      throw new IllegalArgumentException(wrong(text));
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "storage.elasticsearch.urls: give user and password as settings of their own, where they"
              + " are not shown");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new EngineUrl(tls, host, port, withoutSlash(uri.getPath()));
  }

  static String withoutSlash(String path) {
    return path.endsWith("/") ? withoutSlash(path.substring(0, path.length() - 1)) : path;
  }

  private static String wrong(String text) {
    return "storage.elasticsearch.urls: '" + text + "' is no URL; write https://host:9200";
  }

  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + host + ":" + port + path;
  }
}
