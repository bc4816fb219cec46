package io.lookout.ingest.intake;

import io.lookout.ingest.pipeline.BatchStage;
import io.lookout.ingest.pipeline.RateLimit;
import io.lookout.ingest.pipeline.Reason;
import io.lookout.ingest.pipeline.Rejections;
import io.lookout.ingest.route.Destination;
import io.lookout.model.LookoutException;
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
  private final List<BatchStage> stages;
  private final RateLimit rates;
  private final Destination destination;
  private final IntakeMeters meters;

  public Intake(
      List<BatchStage> stages, RateLimit rates, Destination destination, IntakeMeters meters) {
    this.stages = List.copyOf(stages);
    this.rates = rates;
    this.destination = destination;
    this.meters = meters;
  }

  /**
   * Completes when everything that is not refused is durable.
   *
   * @param protocol as the self-metrics name it
   * @param refused what the decoder had to leave out; added to what is refused further on
   * @return what was written and what was refused in all; fails where nothing can be said of the
   *     whole, with {@code TENANT_LIMIT} where the tenant sends too fast
   */
  public Future<Written> write(String protocol, WriteBatch batch, Rejections refused) {
    try {
      rates.take(batch.tenant(), batch.sampleCount());
    } catch (LookoutException e) {
      meters.rejected(protocol, Reason.RATE_LIMIT.label(), batch.sampleCount());
      return Future.failedFuture(e);
    }
    WriteBatch accepted = batch;
    for (BatchStage stage : stages) {
      accepted = stage.apply(accepted, refused);
    }
    WriteBatch sent = accepted;
    Future<WriteResult> written =
        sent.isEmpty()
            ? Future.succeededFuture(new WriteResult(0, List.of()))
            : destination.write(sent);
    return written
        .map(result -> {
          meters.accepted(protocol, result.accepted());
          refused.addAll(result.rejections());
          refused.list().forEach(each -> meters.rejected(protocol, each.reason(), each.samples()));
          return Written.of(sent, result, refused);
        })
        .onFailure(failure -> meters.failed(protocol, failure));
  }
}
