package io.lookout.ingest.replica;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.SeriesText;
import io.vertx.core.Future;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which replica of each pair is heard. What all nodes must agree on is in a map that they share;
 * each remembers what it last saw there, and asks again only when that cannot be true any more:
 *
 * <pre>
 *            heard           update              failover
 *   ───────────┼───────────────┼─────────────────────┼──────────────►  age of what is remembered
 *     elected: accept          │ accept, tell others │ ask first
 *     another: drop            │ drop                │ ask; if still silent, be elected
 * </pre>
 *
 * <p>A seat changes only by compare-and-set from one that was silent for the fail-over time, so
 * within that time nobody else can have been elected. The clocks of the nodes must agree to within
 * a fraction of it. Thread-safe.
 */
final class Elections {
  private static final Logger LOG = LoggerFactory.getLogger(Elections.class);

  private static final int ATTEMPTS = 5;
  private static final long SHARED_MAP_MILLIS = 5000;

  private final AsyncMap<String, String> shared;
  private final Clock clock;
  private final long failover;
  private final long update;
  private final long idle;
  private final int pairsOfTenant;
  private final String clusterLabel;
  private final Map<Pair, Seat> seats = new ConcurrentHashMap<>();
  private final Set<Pair> renewing = ConcurrentHashMap.newKeySet();

  /** Pairs that have no seat here yet, and how many ask for one; guarded by itself. */
  private final Map<Pair, Integer> asking = new HashMap<>();

  Elections(AsyncMap<String, String> shared, Clock clock, ReplicaSettings settings) {
    this.shared = shared;
    this.clock = clock;
    this.failover = settings.failover().toMillis();
    this.update = settings.update().toMillis();
    this.idle = settings.idle().toMillis();
    this.pairsOfTenant = settings.clusters();
    this.clusterLabel = settings.clusterLabel();
  }

  /**
   * Whether this replica, which is heard now, is the elected one.
   *
   * @return fails with {@code UNAVAILABLE} where the other nodes cannot be asked, with {@code
   *     TENANT_LIMIT} where the tenant has as many pairs as it may, and this is none of them
   */
  Future<Boolean> isElected(Pair pair, String replica) {
    long now = clock.millis();
    Seat seat = seats.get(pair);
    if (seat == null) {
      return askForNew(pair, replica, now);
    }
    if (seat.isSilent(now, failover)) {
      return asked(contest(pair, replica, now, ATTEMPTS));
    }
    boolean elected = seat.replica().equals(replica);
    if (elected && now - seat.heardAt() >= update) {
      renew(pair, seat, now);
    }
    return Future.succeededFuture(elected);
  }

  private Future<Boolean> askForNew(Pair pair, String replica, long now) {
    if (!enter(pair)) {
      return Future.failedFuture(tooMany(pair));
    }
    Future<Boolean> contest = contest(pair, replica, now, ATTEMPTS);
    contest.onComplete(done -> leave(pair));
    return asked(contest);
  }

  /** Pairs that are asked for count too: many may come before the first is answered. */
  private boolean enter(Pair pair) {
    synchronized (asking) {
      if (!seats.containsKey(pair) && !asking.containsKey(pair)) {
        Set<Pair> known = new HashSet<>(seats.keySet());
        known.addAll(asking.keySet());
        long ofTenant = known.stream().filter(one -> one.tenant().equals(pair.tenant())).count();
        if (ofTenant >= pairsOfTenant) {
          return false;
        }
      }
      asking.merge(pair, 1, Integer::sum);
      return true;
    }
  }

  private void leave(Pair pair) {
    synchronized (asking) {
      asking.computeIfPresent(pair, (left, count) -> count == 1 ? null : count - 1);
    }
  }

  private LookoutException tooMany(Pair pair) {
    return new LookoutException(
        ErrorCode.TENANT_LIMIT,
        "tenant "
            + pair.tenant()
            + " has more clusters of replicas than ingest.ha.clusters allows ("
            + pairsOfTenant
            + "): "
            + clusterLabel
            + " "
            + SeriesText.quote(pair.cluster())
            + " is one too many");
  }

  private static Future<Boolean> asked(Future<Boolean> answer) {
    return answer
        .timeout(SHARED_MAP_MILLIS, TimeUnit.MILLISECONDS)
        .recover(failure ->
            Future.failedFuture(
                new LookoutException(
                    ErrorCode.UNAVAILABLE,
                    "which replica is elected cannot be asked of the other nodes: " + failure,
                    failure)));
  }

  private Future<Boolean> contest(Pair pair, String replica, long now, int attempts) {
    if (attempts == 0) {
      return Future.failedFuture("others were elected all the time");
    }
    return shared
        .get(pair.key())
        .compose(text -> {
          if (text == null) {
            return take(pair, replica, now, attempts);
          }
          Seat seat = Seat.parse(text);
          return seat.isSilent(now, failover)
              ? takeOver(pair, seat, replica, now, attempts)
              : known(pair, seat, replica);
        });
  }

  private Future<Boolean> known(Pair pair, Seat seat, String replica) {
    seats.put(pair, seat);
    return Future.succeededFuture(seat.replica().equals(replica));
  }

  private Future<Boolean> take(Pair pair, String replica, long now, int attempts) {
    Seat mine = new Seat(replica, now);
    return shared
        .putIfAbsent(pair.key(), mine.text())
        .compose(before ->
            before == null
                ? known(pair, mine, replica)
                : contest(pair, replica, now, attempts - 1));
  }

  private Future<Boolean> takeOver(Pair pair, Seat silent, String replica, long now, int attempts) {
    Seat mine = new Seat(replica, now);
    return shared
        .replaceIfPresent(pair.key(), silent.text(), mine.text())
        .compose(replaced -> {
          if (!replaced) {
            return contest(pair, replica, now, attempts - 1);
          }
          if (!silent.replica().equals(replica)) {
            LOG.info(
                "Replica {} of {} was silent for {} ms: {} is elected",
                silent.replica(),
                pair.key(),
                now - silent.heardAt(),
                replica);
          }
          return known(pair, mine, replica);
        });
  }

  /** Tells the others that the elected replica is heard; nobody waits for it. */
  private void renew(Pair pair, Seat seat, long now) {
    if (!renewing.add(pair)) {
      return;
    }
    Seat renewed = new Seat(seat.replica(), now);
    shared
        .replaceIfPresent(pair.key(), seat.text(), renewed.text())
        .compose(replaced ->
            replaced
                ? Future.succeededFuture(renewed.text())
                // Another node was first, or has forgotten the pair.
                : shared.get(pair.key()))
        .timeout(SHARED_MAP_MILLIS, TimeUnit.MILLISECONDS)
        .onSuccess(text -> remember(pair, text))
        .onFailure(failure ->
            LOG.warn(
                "Cannot tell the other nodes that replica {} of {} is heard: {}",
                seat.replica(),
                pair.key(),
                failure.toString()))
        .onComplete(done -> renewing.remove(pair));
  }

  private void remember(Pair pair, @Nullable String text) {
    if (text == null) {
      seats.remove(pair);
    } else {
      seats.put(pair, Seat.parse(text));
    }
  }

  /** Forgets pairs that nobody was heard of for long, here and, where all agree, for all. */
  void forgetIdle() {
    long now = clock.millis();
    seats.forEach((pair, seat) -> {
      if (now - seat.heardAt() >= idle && seats.remove(pair, seat)) {
        shared
            .removeIfPresent(pair.key(), seat.text())
            .onFailure(failure -> LOG.warn("Cannot forget {}: {}", pair.key(), failure.toString()));
      }
    });
  }

  int pairs() {
    return seats.size();
  }
}
