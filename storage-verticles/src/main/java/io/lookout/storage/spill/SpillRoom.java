package io.lookout.storage.spill;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much waits, and whether there is room for more. It is full from the moment that something did
 * not fit until a tenth of it is free again. Thread-safe.
 */
final class SpillRoom {
  private static final Logger LOG = LoggerFactory.getLogger(SpillRoom.class);

  private final long maxBytes;
  private long bytes;
  private long puts;
  private int putsUnderWay;
  private boolean full;
  private Promise<Void> eased = Promise.promise();
  private boolean warned;

  SpillRoom(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean isEmpty() {
    return bytes == 0;
  }

  synchronized boolean isFull() {
    return full;
  }

  /** Completes when there is room again, next time that it is full. */
  synchronized Future<Void> eased() {
    return eased.future();
  }

  /** Begins a put. */
  synchronized void take(long size) {
    if (bytes + size > maxBytes) {
      if (!full) {
        LOG.error(
            "Blocks of {} bytes wait for the block store, and storage.spill.bytes.max is {}: writes"
                + " are refused until it takes some. Bring it back, or raise the setting.",
            bytes,
            maxBytes);
      }
      full = true;
      throw new LookoutException(
          ErrorCode.UNAVAILABLE,
          "more than storage.spill.bytes.max (" + maxBytes + ") waits for the block store");
    }
    bytes += size;
    puts++;
    putsUnderWay++;
    if (!warned && bytes > maxBytes / 5 * 4) {
      warned = true;
      LOG.warn(
          "Blocks of {} bytes wait for the block store: at {} (storage.spill.bytes.max) writes will"
              + " be refused",
          bytes,
          maxBytes);
    }
  }

  /** Ends a put. */
  synchronized void taken(long size, boolean kept) {
    putsUnderWay--;
    if (!kept) {
      give(size);
    }
  }

  /** What so many bytes of blocks took is free again. */
  synchronized void give(long size) {
    bytes = Math.max(1, bytes - size);
    ease();
  }

  private void ease() {
    if (full && bytes < maxBytes / 10 * 9) {
      full = false;
      eased.complete();
      eased = Promise.promise();
    }
    warned &= bytes > maxBytes / 2;
  }

  synchronized long puts() {
    return puts;
  }

  /** Nothing was there when so many puts had begun: if that is so still, nothing waits. */
  synchronized boolean foundEmpty(long putsBefore) {
    if (puts == putsBefore && putsUnderWay == 0) {
      bytes = 0;
      ease();
      return true;
    }
    return false;
  }

  /** What was there when the node started. */
  synchronized void found(long size) {
    bytes += size;
  }
}
