package io.lookout.cluster.http;

/** The port that the instances of one server share, once the first has taken it. Thread-safe. */
final class BoundPort {
  private volatile int port;

  void set(int port) {
    this.port = port;
  }

  int get() {
    return port;
  }
}
