package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.route.Destination;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.lookout.model.bus.PartialWriteException;
import io.lookout.model.bus.WriteBatch;
import io.lookout.model.bus.WriteResult;
import io.vertx.core.Future;
import java.util.List;

/**
 * Where every protocol leaves what it has decoded: through the stages that look at samples, to
 * where they are kept. The stages that look at labels were asked when the decoder met the series.
 * Thread-safe.
 */
public final class Intake {
  private final Stages stages;
  private final Destination destination;
  private final List<Onlooker> onlookers;
  private final IntakeMeters meters;

  public Intake(
      Stages stages, Destination destination, List<Onlooker> onlookers, IntakeMeters meters) {
    this.stages = stages;
    this.destination = destination;
    this.onlookers = List.copyOf(onlookers);
    this.meters = meters;
  }

  /**
   * Completes when everything that is not refused is durable.
   *
   * @param protocol as the self-metrics name it
   * @param refused what the decoder had to leave out; added to what is refused further on
   * @return what was written and what was refused in all; fails where nothing can be said of the
   *     whole, with {@code TENANT_LIMIT} where the tenant sends more than it may
   */
  public Future<Written> write(String protocol, WriteBatch batch, Rejections refused) {
    return write(protocol, batch, refused, true);
  }

  /**
   * As {@link #write}, for those who keep what they offer and come with it again until it is taken:
   * nothing is counted of an attempt that fails, since nothing is refused by it, and the next one
   * would be counted too.
   */
  public Future<Written> offer(String protocol, WriteBatch batch, Rejections refused) {
    return write(protocol, batch, refused, false);
  }

  private Future<Written> write(
      String protocol, WriteBatch batch, Rejections refused, boolean failuresCount) {
    try {
      stages.rates().take(batch.tenant(), batch.sampleCount());
    } catch (LookoutException e) {
      if (failuresCount) {
        meters.rejected(protocol, Reason.RATE_LIMIT.label(), batch.sampleCount());
      }
      return Future.failedFuture(e);
    }
    WriteBatch allowed = stages.limited(batch, refused);
    return stages
        .filtered(allowed, refused)
        .compose(filtered -> stages.elected(filtered, refused))
        .onFailure(failure -> {
          if (failuresCount) {
            notElected(protocol, failure, allowed);
          }
        })
        .compose(wanted ->
            store(wanted)
                .onFailure(failure -> {
                  if (failuresCount) {
                    failed(protocol, failure);
                  }
                })
                .map(result -> stored(protocol, allowed, wanted, result, refused)))
        .onFailure(failure -> giveBack(batch, failure));
  }

  /** An outage must not use up the rate: who tries again would be refused for having tried. */
  private void giveBack(WriteBatch batch, Throwable failure) {
    if (failure instanceof LookoutException known
        && (known.code() == ErrorCode.UNAVAILABLE || known.code() == ErrorCode.TIMEOUT)) {
      int stored = known instanceof PartialWriteException part ? part.written().accepted() : 0;
      stages.rates().giveBack(batch.tenant(), Math.max(0, batch.sampleCount() - stored));
    }
  }

  private void notElected(String protocol, Throwable failure, WriteBatch batch) {
    if (failure instanceof LookoutException known && known.code() == ErrorCode.TENANT_LIMIT) {
      meters.rejected(protocol, Reason.TOO_MANY_CLUSTERS.label(), batch.sampleCount());
    } else {
      meters.failed(protocol, failure);
    }
  }

  private Future<WriteResult> store(WriteBatch wanted) {
    return wanted.isEmpty()
        ? Future.succeededFuture(WriteResult.NOTHING)
        : destination.write(wanted);
  }

  /**
   * @param allowed what the limits have left
   * @param wanted what of it was to be stored
   */
  private Written stored(
      String protocol,
      WriteBatch allowed,
      WriteBatch wanted,
      WriteResult result,
      Rejections refused) {
    count(protocol, result, refused);
    tell(wanted);
    Written written = Written.of(result, refused);
    return wanted == allowed ? written : written.plusDropped(allowed, wanted);
  }

  private void count(String protocol, WriteResult result, Rejections refused) {
    meters.accepted(protocol, result.accepted());
    refused.addAll(result.rejections());
    refused.list().forEach(each -> meters.rejected(protocol, each.reason(), each.samples()));
    refused.dropped().forEach((by, samples) -> meters.dropped(protocol, by, samples));
  }

  private void failed(String protocol, Throwable failure) {
    meters.failed(protocol, failure);
    if (failure instanceof PartialWriteException part) {
      meters.accepted(protocol, part.written().accepted());
    }
  }

  private void tell(WriteBatch batch) {
    for (int i = 0; i < onlookers.size(); i++) {
      onlookers.get(i).accepted(batch);
    }
  }
}
