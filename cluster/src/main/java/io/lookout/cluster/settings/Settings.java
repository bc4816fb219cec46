package io.lookout.cluster.settings;

/** The effective settings of this node. */
public interface Settings {
  /**
   * The settings of one area. Validated before any role starts.
   *
   * @param type a record whose components all carry {@link Setting}
   */
  <R extends Record> R of(Class<R> type);
}
