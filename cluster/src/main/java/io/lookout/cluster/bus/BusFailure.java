package io.lookout.cluster.bus;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.eventbus.ReplyException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as the bus carries them, and back. */
final class BusFailure {
  private static final Logger LOG = LoggerFactory.getLogger(BusFailure.class);

  private BusFailure() {}

  /** What the asking side may know. Whatever is not meant for it is logged here. */
  static LookoutException told(String address, Throwable failure) {
    if (failure instanceof LookoutException known) {
      return known;
    }
    LOG.error("Unexpected failure at {}", address, failure);
    return new LookoutException(ErrorCode.INTERNAL, failure.toString(), failure);
  }

  /** Of an answer that came without a message. */
  static LookoutException fromHere(String address, Throwable failure) {
    return failure instanceof TimeoutException
        ? new LookoutException(ErrorCode.TIMEOUT, late(address), failure)
        : told(address, failure);
  }

  private static String late(String address) {
    return address + " did not answer in time";
  }

  static LookoutException fromReply(String address, Throwable failure) {
    return switch (failure) {
      case LookoutException known -> known;
      case ReplyException reply ->
          new LookoutException(code(reply), message(address, reply), reply);
      default ->
          new LookoutException(
              ErrorCode.UNAVAILABLE, address + " cannot be reached: " + failure, failure);
    };
  }

  private static ErrorCode code(ReplyException reply) {
    return switch (reply.failureType()) {
      case TIMEOUT -> ErrorCode.TIMEOUT;
      case NO_HANDLERS -> ErrorCode.UNAVAILABLE;
      case RECIPIENT_FAILURE, ERROR -> ErrorCode.ofBusCode(reply.failureCode());
    };
  }

  private static String message(String address, ReplyException reply) {
    return switch (reply.failureType()) {
      case TIMEOUT -> late(address);
      case NO_HANDLERS -> address + " is not there";
      case RECIPIENT_FAILURE, ERROR -> String.valueOf(reply.getMessage());
    };
  }
}
