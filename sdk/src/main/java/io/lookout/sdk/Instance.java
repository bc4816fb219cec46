package io.lookout.sdk;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What tells the processes of a service apart where nobody has named them. */
final class Instance {
  private Instance() {}

  /** {@code host:pid}; {@code localhost} where the machine does not know its name. */
  static String ofThisProcess() {
    return host() + ":" + ProcessHandle.current().pid();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
