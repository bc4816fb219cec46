package io.lookout.ingest.tcp;

import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.route.InFlight;
import io.lookout.ingest.tcp.TcpMeters.Cause;
import io.lookout.model.LookoutException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sender: collects bytes until messages are whole, hands them over, and reads nothing more
 * until they are answered for. That is the back-pressure: a sender whose samples cannot be stored
 * soon finds its socket full. Memory grows with what has arrived. Stays on one event loop.
 */
final class TcpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  private static final int SMALLEST = 4 << 10;
  private static final byte[] NOTHING = {};

  private final NetSocket socket;
  private final TcpProtocol protocol;
  private final TcpMeters meters;
  private final InFlight inFlight;
  private final Framing framing;
  private final Conversation conversation;
  private byte[] bytes = new byte[SMALLEST];

  /** So many bytes have arrived and are not answered for; of these, so many were looked at. */
  private int length;

  private int scanned;

  /** This side has done with it, or everything that was sent is read. */
  private boolean done;

  /** The other side is gone; what it had sent is still read. */
  private boolean disconnected;

  private Waiting waiting = Waiting.FOR_MESSAGE;

  /** Since when this state lasts. */
  private long since = System.nanoTime();

  private enum Waiting {
    /** Nothing of the next message is there. */
    FOR_MESSAGE,
    /** Some of it is there. */
    FOR_REST,
    /** Messages are being answered. */
    FOR_ANSWER,
    /** The sender does not read what it is sent. */
    FOR_READER
  }

  TcpConnection(NetSocket socket, TcpProtocol protocol, TcpMeters meters, InFlight inFlight) {
    this.socket = socket;
    this.protocol = protocol;
    this.meters = meters;
    this.inFlight = inFlight;
    this.framing = protocol.framing().get();
    this.conversation = protocol.conversation().get();
  }

  /** The end comes behind all bytes, also where the connection is closed while they wait. */
  void start() {
    socket
        .handler(this::arrived)
        .exceptionHandler(gone -> LOG.debug("{}: {}", socket.remoteAddress(), gone.toString()))
        .endHandler(end -> ended());
  }

  private void arrived(Buffer chunk) {
    if (done) {
      return;
    }
    meters.received(chunk.length());
    try {
      reserve((long) length + chunk.length());
    } catch (LookoutException e) {
      meters.lost(Reason.UNAVAILABLE);
      close(Cause.OVERLOAD, String.valueOf(e.getMessage()));
      return;
    }
    chunk.getBytes(bytes, length);
    length += chunk.length();
    int end = framing.end(bytes, scanned, length);
    scanned = length;
    if (end != Framing.NONE) {
      hand(end);
    } else if (length > protocol.messageLimit()) {
      meters.lost(Reason.TOO_LARGE);
      close(Cause.TOO_LARGE, "a message is longer than " + protocol.messageLimit() + " bytes");
    } else if (waiting == Waiting.FOR_MESSAGE) {
      waitFor(Waiting.FOR_REST);
    }
  }

  /** A message may begin anywhere in a chunk, so that there may be a chunk above the limit. */
  private void reserve(long size) {
    if (size > bytes.length) {
      int grown = (int) Math.max(size, Math.min(bytes.length * 2L, protocol.messageLimit()));
      inFlight.acquire(grown - bytes.length);
      bytes = Arrays.copyOf(bytes, grown);
    }
  }

  private void hand(int end) {
    waitFor(Waiting.FOR_ANSWER);
    socket.pause();
    answer(end).onComplete(answer -> answered(answer, end));
  }

  private Future<TcpReply> answer(int end) {
    try {
      return conversation.take(bytes, end);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void answered(AsyncResult<TcpReply> answer, int end) {
    if (answer.failed()) {
      LOG.error("{} from {} failed", protocol.name(), socket.remoteAddress(), answer.cause());
      close(Cause.FAILED, "internal error");
      return;
    }
    keepRest(end);
    TcpReply reply = answer.result();
    if (reply.close()) {
      release();
      socket.end(reply.bytes());
      return;
    }
    if (reply.bytes().length() > 0 && !disconnected) {
      socket.write(reply.bytes());
    }
    if (socket.writeQueueFull() && !disconnected) {
      waitFor(Waiting.FOR_READER);
      socket.drainHandler(drained -> read());
    } else {
      goOn();
    }
  }

  private void keepRest(int end) {
    length -= end;
    scanned = length;
    if (length <= SMALLEST && bytes.length > SMALLEST) {
      byte[] smaller = new byte[SMALLEST];
      System.arraycopy(bytes, end, smaller, 0, length);
      inFlight.release(bytes.length - SMALLEST);
      bytes = smaller;
    } else {
      System.arraycopy(bytes, end, bytes, 0, length);
    }
  }

  /** The sender reads again, or is gone: whichever is seen first. */
  private void read() {
    if (waiting == Waiting.FOR_READER) {
      goOn();
    }
  }

  private void goOn() {
    waitFor(length == 0 ? Waiting.FOR_MESSAGE : Waiting.FOR_REST);
    socket.resume();
  }

  private void waitFor(Waiting what) {
    waiting = what;
    since = System.nanoTime();
  }

  /** Closes where the sender takes too long over something. */
  void checkTime(long now, long idleNanos, long messageNanos) {
    if (done) {
      return;
    }
    long elapsed = now - since;
    switch (waiting) {
      case FOR_MESSAGE -> {
        if (elapsed > idleNanos) {
          close(Cause.IDLE, "nothing came for too long");
        }
      }
      case FOR_REST -> {
        if (elapsed > messageNanos) {
          meters.lost(Reason.MALFORMED);
          close(Cause.SLOW, "a message took too long to arrive");
        }
      }
      case FOR_READER -> {
        if (elapsed > idleNanos) {
          close(Cause.SLOW, "answers are not read");
        }
      }
      case FOR_ANSWER -> {}
    }
  }

  private void ended() {
    if (!done && length > 0) {
      meters.lost(Reason.MALFORMED);
    }
    release();
  }

  private void close(Cause cause, String why) {
    release();
    meters.closed(cause);
    LOG.debug("Closing {} of {}: {}", protocol.name(), socket.remoteAddress(), why);
    socket.close();
  }

  private void release() {
    if (!done) {
      done = true;
      inFlight.release(bytes.length - SMALLEST);
      bytes = NOTHING;
    }
  }

  /** Nobody reads answers any more. */
  void disconnected() {
    disconnected = true;
    read();
  }
}
