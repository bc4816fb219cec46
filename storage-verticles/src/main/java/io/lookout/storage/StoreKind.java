package io.lookout.storage;

/** Where blocks are kept. */
public enum StoreKind {
  /** In indices of this process, on its own disk. */
  EMBEDDED,
  /** In Elasticsearch or OpenSearch. */
  ELASTICSEARCH
}
