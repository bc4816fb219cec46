package io.lookout.sdk;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Requests that wait to be sent, oldest first, within a bound of bytes. */
final class RequestBuffer {
  private final int bound;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int bytes;
  private boolean closed;

  RequestBuffer(int bound) {
    this.bound = bound;
  }

  /**
   * Makes room by dropping the oldest: the newest samples are those that alerts need.
   *
   * @return how many were dropped, this one included if it is larger than the whole buffer
   */
  int add(byte[] request) {
    lock.lock();
    try {
      int dropped = 0;
      while (bytes + request.length > bound && !waiting.isEmpty()) {
        bytes -= waiting.remove().length;
        dropped++;
      }
      if (request.length > bound) {
        return dropped + 1;
      }
      waiting.add(request);
      bytes += request.length;
      changed.signalAll();
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a request; empty when closed and all are gone. */
  Optional<byte[]> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      byte[] request = waiting.poll();
      bytes -= request == null ? 0 : request.length;
      return Optional.ofNullable(request);
    } finally {
      lock.unlock();
    }
  }

  /** Waits, but not beyond the closing of the buffer. */
  void pause(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more; what is in it can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  int bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
