package io.lookout.cluster.bus;

/** Every address on the event bus. */
public final class Addresses {
  private Addresses() {}

  /**
   * Takes {@link io.lookout.model.bus.WriteBatch}, answers {@link
   * io.lookout.model.bus.WriteResult}.
   */
  public static String write(String nodeId, int shard) {
    return "lookout.node." + nodeId + ".shard." + shard + ".write";
  }

  /**
   * Takes {@link io.lookout.model.bus.SelectRequest} or {@link io.lookout.model.bus.SelectNext},
   * answers {@link io.lookout.model.bus.SelectResult} over all shards and the block store of the
   * node.
   */
  public static String select(String nodeId) {
    return "lookout.node." + nodeId + ".select";
  }

  /**
   * Takes {@link io.lookout.model.bus.LabelQuery}, answers {@link
   * io.lookout.model.bus.LabelResult}.
   */
  public static String labels(String nodeId) {
    return "lookout.node." + nodeId + ".labels";
  }

  /**
   * Takes {@link io.lookout.model.bus.ExemplarQuery}, answers {@link
   * io.lookout.model.bus.ExemplarResult}.
   */
  public static String exemplars(String nodeId) {
    return "lookout.node." + nodeId + ".exemplars";
  }

  /**
   * Takes {@link io.lookout.model.bus.HeadQuery}, answers {@link io.lookout.model.bus.HeadResult}.
   */
  public static String head(String nodeId) {
    return "lookout.node." + nodeId + ".head";
  }

  /**
   * Takes {@link io.lookout.model.bus.AdminRequest}, answers {@link
   * io.lookout.model.bus.AdminResult}.
   */
  public static String admin(String nodeId) {
    return "lookout.node." + nodeId + ".admin";
  }

  /** Whoever bears the name answers with text that tells it from any other bearer. */
  public static String name(String nodeId) {
    return "lookout.node." + nodeId + ".name";
  }

  /**
   * Storage nodes publish {@link io.lookout.model.bus.StorageAnnouncement} here, and who wants to
   * know now publishes {@link io.lookout.model.bus.StorageCall}.
   */
  public static String membership() {
    return "lookout.membership";
  }

  /** The same for the nodes that scrape, which announce themselves as nodes of one shard. */
  public static String scrapers() {
    return "lookout.scrapers";
  }

  /**
   * Takes {@link io.lookout.model.bus.TargetQuery}, answers {@link
   * io.lookout.model.bus.TargetReport}.
   */
  public static String targets(String nodeId) {
    return "lookout.node." + nodeId + ".targets";
  }

  /**
   * Accepted samples of a tenant are published here, as {@link io.lookout.model.bus.WriteBatch},
   * while somebody listens.
   */
  public static String samples(String tenant) {
    return "lookout.samples." + tenant;
  }
}
