package io.lookout.storage.shard;

/** Who asks a shard, and so on which thread it may be read. */
public enum Caller {
  /** Has others to serve: the shard's own thread reads, and answers later. */
  EVENT_LOOP,

  /** May take a moment: reads for itself where the shard is idle, and saves changes of threads. */
  WORKER
}
