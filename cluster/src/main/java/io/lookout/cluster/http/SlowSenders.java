package io.lookout.cluster.http;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Closes connections that are held open by a byte now and then, which no timeout of silence sees:
 * heads of requests that never end, and bodies that nobody else waits for. It looks at requests,
 * not at bytes: the time of a connection that is new, or has had its answers, runs out unless a
 * whole head comes. Stays on one event loop.
 */
final class SlowSenders {
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(1);

  /** Of HTTP/2's error codes, RFC 9113 section 7. */
  private static final long CANCEL = 8;

  private final long requestNanos;
  private final long idleNanos;
  private final Counter slow;
  private final IdentityHashMap<HttpConnection, Sender> senders = new IdentityHashMap<>();

  /** A request whose head was whole at a time. */
  private record Asked(HttpServerRequest request, long at) {
    /** Nothing more is to be read or written. */
    boolean isOver() {
      return (request.response().ended() && request.isEnded()) || request.response().closed();
    }
  }

  SlowSenders(HttpSettings settings, Counter slow) {
    this.requestNanos = settings.requestTimeout().toNanos();
    this.idleNanos = settings.idleTimeout().toNanos();
    this.slow = slow;
  }

  /** How often {@link #check} is to be called. */
  long roundMillis() {
    long shortest = Duration.ofNanos(Math.min(requestNanos, idleNanos)).toMillis();
    return Math.clamp(shortest / 4, 1, LONGEST_ROUND.toMillis());
  }

  void opened(HttpConnection connection, long now) {
    senders.put(connection, new Sender(now));
  }

  void closed(HttpConnection connection) {
    senders.remove(connection);
  }

  /** The head of a request is whole. */
  void asked(HttpServerRequest request, long now) {
    Sender sender = senders.get(request.connection());
    if (sender != null) {
      sender.asked(new Asked(request, now));
    }
  }

  void check(long now) {
    for (var each : new ArrayList<>(senders.entrySet())) {
      if (each.getValue().isSlow(now)) {
        slow.increment();
        each.getKey().close();
      }
    }
  }

  /** One connection. */
  private final class Sender {
    /** Requests that may not be over: one in HTTP/1, any number in HTTP/2. */
    private final List<Asked> open = new ArrayList<>(1);

    private long waitingSince;
    private long patience = requestNanos;

    Sender(long now) {
      waitingSince = now;
    }

    void asked(Asked request) {
      open.removeIf(Asked::isOver);
      open.add(request);
      patience = idleNanos;
    }

    /** Whether the connection is to be closed. Of HTTP/2 a slow request alone is ended. */
    boolean isSlow(long now) {
      open.removeIf(Asked::isOver);
      for (Asked each : open) {
        if (!each.request().isEnded() && now - each.at() > requestNanos) {
          if (each.request().version() != HttpVersion.HTTP_2) {
            return true;
          }
          each.request().response().reset(CANCEL);
        }
      }
      if (!open.isEmpty()) {
        waitingSince = now;
      }
      return now - waitingSince > patience;
    }
  }
}
