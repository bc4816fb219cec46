package io.lookout.ingest.http;

import io.lookout.ingest.route.InFlight;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Reads bodies into arrays: not longer than a limit, not slower than a timeout, and not more at a
 * time than may be in flight. Memory grows with what has arrived, never with what was announced.
 * Arrays are used again. Stays on one event loop.
 */
public final class BodyReader {
  private static final int SMALLEST = 16 << 10;

  /** What is kept between requests: arrays of at most this size, and so many of them. */
  private static final int LARGEST_KEPT = 4 << 20;

  private static final int KEPT = 8;

  private final Vertx vertx;
  private final InFlight inFlight;
  private final long limit;
  private final long timeoutMillis;
  private final Deque<byte[]> spare = new ArrayDeque<>();

  public BodyReader(Vertx vertx, InFlight inFlight, long limit, Duration timeout) {
    this.vertx = vertx;
    this.inFlight = inFlight;
    this.limit = limit;
    this.timeoutMillis = timeout.toMillis();
  }

  /**
   * Reads the body of a request of which nothing has been read yet.
   *
   * @return the body, to be given to {@link #release}; fails with {@code TOO_LARGE}, with {@code
   *     UNAVAILABLE} where too much is in flight, with {@code CANCELED} where the sender hangs up
   *     or is too slow
   */
  public Future<Body> read(HttpServerRequest request) {
    long announced = announced(request);
    if (announced > limit) {
      return Future.failedFuture(tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    return new Reading(request, announced).start();
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length == null) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "Content-Length is no number", e);
    }
  }

  /** Gives a body back; it must not be read any more. */
  public void release(Body body) {
    inFlight.release(body.bytes().length);
    keep(body.bytes());
  }

  private void keep(byte[] bytes) {
    if (bytes.length <= LARGEST_KEPT && spare.size() < KEPT) {
      spare.push(bytes);
    }
  }

  private LookoutException tooLarge() {
    return new LookoutException(
        ErrorCode.TOO_LARGE, "body is larger than the limit of " + limit + " bytes");
  }

  /** One body on its way in. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Promise<Body> promise = Promise.promise();
    private final int sizeHint;
    private byte[] bytes;
    private int length;
    private boolean over;

    Reading(HttpServerRequest request, long announced) {
      this.request = request;
      this.sizeHint = (int) Math.clamp(announced, 0, limit);
      byte[] reused = spare.poll();
      this.bytes = reused == null ? new byte[SMALLEST] : reused;
    }

    Future<Body> start() {
      try {
        inFlight.acquire(bytes.length);
      } catch (LookoutException e) {
        keep(bytes);
        return Future.failedFuture(e);
      }
      long timer = vertx.setTimer(timeoutMillis, id -> fail(tooSlow()));
      request.handler(this::chunk).endHandler(end -> finish()).exceptionHandler(this::hungUp);
      return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void chunk(Buffer chunk) {
      if (over) {
        return;
      }
      try {
        reserve((long) length + chunk.length());
        chunk.getBytes(bytes, length);
        length += chunk.length();
      } catch (LookoutException e) {
        fail(e);
      }
    }

    private void reserve(long size) {
      if (size > limit) {
        throw tooLarge();
      }
      if (size > bytes.length) {
        long grown = Math.max(size, Math.min(bytes.length * 2L, Math.max(sizeHint, size)));
        inFlight.acquire(grown - bytes.length);
        bytes = Arrays.copyOf(bytes, (int) grown);
      }
    }

    private void finish() {
      if (!over) {
        over = true;
        promise.complete(new Body(bytes, length));
      }
    }

    private void hungUp(Throwable cause) {
      fail(
          new LookoutException(
              ErrorCode.CANCELED, "sender hung up after " + length + " bytes", cause));
    }

    private LookoutException tooSlow() {
      return new LookoutException(
          ErrorCode.CANCELED,
          "body did not arrive within " + timeoutMillis + " ms, only " + length + " bytes of it");
    }

    private void fail(LookoutException cause) {
      if (!over) {
        over = true;
        release(new Body(bytes, 0));
        promise.fail(cause);
      }
    }
  }
}
