package io.lookout.cluster.http;

import io.lookout.cluster.settings.HostPort;

/** The server cannot listen where it was told to. */
public final class ListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param setting that says where to listen
   */
  public ListenException(String setting, HostPort address, Throwable cause) {
    super(
        "cannot listen on "
            + address
            + ": "
            + cause.getMessage()
            + ". Stop what uses the port, or give another one with --set "
            + setting
            + "=HOST:PORT",
        cause);
  }
}
