package io.lookout.cluster.kafka;

/** The way of samples from the nodes that take them to the shards that keep them. */
public enum Transport {
  /** The event bus. */
  DIRECT,
  /** A topic of Kafka. */
  KAFKA
}
