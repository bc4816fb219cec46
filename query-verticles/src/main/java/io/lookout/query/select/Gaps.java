package io.lookout.query.select;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.KnownNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an answer lacks because storage nodes are away. Either nothing may lack, and the question
 * fails, or what lacks is said beside the answer. Thread-safe.
 */
public final class Gaps {
  private final boolean allowed;
  private final Set<String> texts = new LinkedHashSet<>();

  private Gaps(boolean allowed) {
    this.allowed = allowed;
  }

  /** For answers that are whole or none, and those that cannot carry a warning. */
  public static Gaps refused() {
    return new Gaps(false);
  }

  /**
   * @param allowed whether an answer may have gaps
   */
  public static Gaps of(boolean allowed) {
    return new Gaps(allowed);
  }

  /**
   * A node that holds samples is not there.
   *
   * @throws LookoutException with {@code UNAVAILABLE} where nothing may lack
   */
  void missing(KnownNode node) {
    String since = Instant.ofEpochMilli(node.heard()).truncatedTo(ChronoUnit.SECONDS).toString();
    String what = "storage node " + node.id() + " is missing since " + since;
    if (!allowed) {
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          what
              + ", and the answer would lack what it holds. Start it again on its data; if it is"
              + " gone for good, have it forgotten with POST"
              + " /api/v1/admin/storage_nodes/forget?node="
              + node.id());
    }
    add(what + ": the answer lacks what it holds");
  }

  /** Whether an answer may lack what this node was asked for. */
  boolean accept(String nodeId, Throwable failure) {
    if (!allowed
        || !(failure instanceof LookoutException known)
        || known.code() != ErrorCode.UNAVAILABLE) {
      return false;
    }
    add("the answer lacks what storage node " + nodeId + " holds: " + known.getMessage());
    return true;
  }

  private synchronized void add(String text) {
    texts.add(text);
  }

  /** A sentence for each, to be shown as a warning. */
  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }
}
