package io.lookout.cluster.settings;

/** Where to listen or connect to; port 0 asks the system for a free one. */
public record HostPort(String host, int port) {
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
