package io.lookout.cluster.settings;

/** Where to listen or connect to; port 0 asks the system for a free one. */
public record HostPort(String host, int port) {
  /**
   * Reads {@code host:port}, {@code [v6 address]:port} or {@code :port}, which means every address
   * of the machine.
   *
   * @throws IllegalArgumentException for text that is none of these
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("is no address; put an IPv6 address in [brackets]");
    }
    return new HostPort(host.isEmpty() ? "0.0.0.0" : host, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no address; write host:port", e);
    }
    throw new IllegalArgumentException("has a port outside 0 to 65535");
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
