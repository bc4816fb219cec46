package io.lookout.ingest.replica;

/** Senders of a tenant that are replicas of each other, by the value of their cluster label. */
record Pair(String tenant, String cluster) {
  /** Where the shared map has it. No tenant has a slash in its name. */
  String key() {
    return tenant + "/" + cluster;
  }
}
