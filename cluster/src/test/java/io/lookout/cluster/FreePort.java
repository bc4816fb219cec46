package io.lookout.cluster;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that cannot be asked to take a free one. They are below those that systems
 * give to connections, so that none is taken before the program has it; and each JVM begins at
 * another, so that tests that run at the same time do not get the same.
 */
public final class FreePort {
  private static final int FIRST = 15_000;
  private static final int COUNT = 16_000;

  /** Processes that start together have ids that are close: far apart by a factor. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 997 % COUNT));

  private FreePort() {}

  /** A port of loopback on which nobody listens now; each call gives another. */
  public static int find() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new BindException("none of " + COUNT + " ports from " + FIRST + " on is free");
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (BindException e) {
      return false;
    }
  }
}
