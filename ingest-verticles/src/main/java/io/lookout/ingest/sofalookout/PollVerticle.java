package io.lookout.ingest.sofalookout;

import io.lookout.ingest.scrape.Shares;
import io.lookout.ingest.scrape.config.HttpAccess;
import io.lookout.ingest.scrape.fetch.Fetcher;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Polls SOFALookout's clients, each of them every step, and spread over it. In a cluster each
 * client is polled by one node.
 */
public final class PollVerticle extends VerticleBase {
  private final PollSettings settings;
  private final Poller.Parts parts;
  private final String self;
  private final Supplier<List<String>> members;
  private List<Poller> pollers = List.of();
  private @Nullable Fetcher fetcher;

  /**
   * @param self the name of this node
   * @param members the nodes that fetch, this one included once it is known to the others
   */
  public PollVerticle(
      PollSettings settings, Poller.Parts parts, String self, Supplier<List<String>> members) {
    this.settings = settings;
    this.parts = parts;
    this.self = self;
    this.members = members;
  }

  @Override
  public Future<?> start() {
    Fetcher opened = new Fetcher(vertx, HttpAccess.PLAIN);
    fetcher = opened;
    pollers =
        settings.targets().stream()
            .map(target -> new Poller(target, settings, parts, opened))
            .toList();
    long step = settings.step().toMillis();
    for (Poller poller : pollers) {
      long offset = 1 + Math.floorMod(poller.target().hashCode(), step);
      vertx.setPeriodic(offset, step, tick -> turn(poller));
    }
    return Future.succeededFuture();
  }

  private void turn(Poller poller) {
    if (new Shares(self, members.get()).isMine(poller.target())) {
      poller.turn();
    }
  }

  /** What is under way is finished, within the time that a client may take. */
  @Override
  public Future<?> stop() {
    return Future.join(pollers.stream().map(Poller::idle).toList())
        .onComplete(done -> {
          Fetcher open = fetcher;
          if (open != null) {
            open.close();
          }
        });
  }
}
