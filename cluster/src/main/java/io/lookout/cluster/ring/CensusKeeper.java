package io.lookout.cluster.ring;

import io.lookout.model.bus.KnownNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the census in a file of the data directory, where there is one: written when a node is new
 * or forgotten, and from time to time, since it says when each was last heard. Confined to one
 * context.
 */
final class CensusKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(CensusKeeper.class);
  private static final long REWRITE_NANOS = Duration.ofMinutes(10).toNanos();

  private final Vertx vertx;
  private final @Nullable CensusFile file;
  private Set<String> written = Set.of();
  private long writtenNanos;

  CensusKeeper(Vertx vertx, @Nullable Path path) {
    this.vertx = vertx;
    this.file = path == null ? null : new CensusFile(path);
  }

  void keep(List<KnownNode> nodes) {
    CensusFile target = file;
    if (target == null) {
      return;
    }
    Set<String> states = new HashSet<>();
    nodes.forEach(node -> states.add(node.forgotten() + " " + node.id()));
    long now = System.nanoTime();
    if (!states.equals(written) || now - writtenNanos > REWRITE_NANOS) {
      written = states;
      writtenNanos = now;
      // In order: the last word stays.
      vertx
          .executeBlocking(() -> {
            target.write(nodes);
            return true;
          })
          .onFailure(failure ->
              LOG.warn("{} cannot be written; it says whom to miss", target.path(), failure));
    }
  }
}
