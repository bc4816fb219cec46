package io.lookout.cluster.http;

/**
 * What this is.
 *
 * @param version of Lookout
 * @param revision of the sources, empty where unknown
 */
public record BuildInfo(String version, String revision) {
  /** The Prometheus whose query API is spoken: clients derive from it what they may ask. */
  public static final String API_VERSION = "3.5.0";
}
