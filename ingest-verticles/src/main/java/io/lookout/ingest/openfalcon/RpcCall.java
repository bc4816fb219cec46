package io.lookout.ingest.openfalcon;

import org.jspecify.annotations.Nullable;

/**
 * A call that was read.
 *
 * @param id as the caller chose it: a number, a text, or null
 * @param total items in it
 * @param refused of these, those that cannot be taken
 */
record RpcCall(@Nullable Object id, String method, int total, int refused) {
  static final String UPDATE = "Transfer.Update";
  static final String PING = "Transfer.Ping";
}
