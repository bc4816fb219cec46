package io.lookout.query.select;

import io.lookout.cluster.bus.Addresses;
import io.lookout.cluster.bus.Bus;
import io.lookout.cluster.ring.Membership;
import io.lookout.model.LookoutException;
import io.lookout.model.Matcher;
import io.lookout.model.bus.SelectNext;
import io.lookout.model.bus.SelectRequest;
import io.lookout.model.bus.SelectResult;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fetches the chunks of series from all storage nodes. */
public final class SelectClient {
  private final Bus bus;
  private final StorageNodes nodes;

  public SelectClient(Bus bus, Membership membership) {
    this.bus = bus;
    this.nodes = new StorageNodes(membership);
  }

  /**
   * All series that the matchers accept, each once, with their chunks. Answered on the context that
   * asks; a thread that may block is answered at once where all that is wanted is in this process.
   *
   * @param minTime first time wanted, ms, inclusive
   * @param maxTime last time wanted, ms, inclusive
   * @param patience how long each answer may take
   * @param gaps takes what the answer lacks, where it may lack something
   * @param wanted throws {@link LookoutException} as soon as nobody waits for the answer any more
   * @return fails with {@link LookoutException}: what a node said; {@code TIMEOUT} or {@code
   *     UNAVAILABLE} where one does not answer; {@code EXECUTION} beyond a limit
   */
  public Future<List<SeriesChunks>> select(
      String tenant,
      List<Matcher> matchers,
      long minTime,
      long maxTime,
      SelectLimits limits,
      Duration patience,
      Gaps gaps,
      Runnable wanted) {
    SelectRequest request =
        new SelectRequest(
            tenant, matchers, minTime, maxTime, limits.maxSeries(), limits.maxBytes());
    return select(request, patience, gaps, wanted).map(Selected::series);
  }

  /** The same where aggregates may stand in for samples. */
  public Future<Selected> select(
      SelectRequest request, Duration patience, Gaps gaps, Runnable wanted) {
    return gathered(request, patience, gaps, wanted)
        .compose(gathering ->
            gathering.isMixed()
                ? gathered(request.ofSamples(), patience, gaps, wanted)
                : Future.succeededFuture(gathering))
        .map(Gathering::selected);
  }

  /**
   * The answer, where it is small, at hand in this process, and all of it is here: told without
   * waiting.
   *
   * @return null where it has to be selected
   */
  public @Nullable Selected known(SelectRequest request) {
    String node = nodes.only();
    SelectResult found =
        node == null ? null : bus.known(Addresses.select(node), request, SelectResult.class);
    if (found == null) {
      return null;
    }
    Gathering gathering = new Gathering(request, 1);
    gathering.add(String.valueOf(node), found);
    return gathering.selected();
  }

  private Future<Gathering> gathered(
      SelectRequest request, Duration patience, Gaps gaps, Runnable wanted) {
    return nodes.askSharing(
        gaps,
        subject(request.tenant(), request.matchers()),
        patience,
        round -> {
          Gathering gathering = new Gathering(request, round.nodes().size());
          return round
              .ask((node, shared) ->
                  parts(Addresses.select(node), request.with(shared), gathering, patience, wanted))
              .map(done -> gathering);
        });
  }

  /** A metric is read by one node, which has its blocks at hand; others by other nodes. */
  private static int subject(String tenant, List<Matcher> matchers) {
    for (Matcher each : matchers) {
      if (each.type() == Matcher.Type.EQUAL && each.name().equals("__name__")) {
        return 31 * tenant.hashCode() + each.value().hashCode();
      }
    }
    return 31 * tenant.hashCode() + matchers.toString().hashCode();
  }

  /** Asks for a part, and for what is left after it until there is nothing. */
  private Future<Boolean> parts(
      String address, Object message, Gathering gathering, Duration patience, Runnable wanted) {
    return bus.request(address, message, SelectResult.class, patience)
        .compose(part -> {
          wanted.run();
          gathering.add(address, part);
          return part.cursor().isEmpty()
              ? Future.succeededFuture(true)
              : parts(address, new SelectNext(part.cursor()), gathering, patience, wanted);
        });
  }
}
