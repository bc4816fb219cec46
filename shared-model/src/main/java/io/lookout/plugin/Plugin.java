package io.lookout.plugin;

import java.util.Map;

/** What every plug-in has. Made once a node, by its constructor without arguments. */
public interface Plugin {
  /**
   * Names this plug-in in metrics and logs, and its file of settings. Lower-case letters, digits
   * and dashes; unique among the plug-ins of a node.
   */
  String name();

  /**
   * Called once, before anything else.
   *
   * @param settings of the file {@code <name>.properties} beside the jar; empty without it
   * @throws Exception where it cannot work, with a message for the operator: the node does not
   *     start then
   */
  default void start(Map<String, String> settings) throws Exception {}

  /** Called once, after everything else. */
  default void close() throws Exception {}
}
