package io.lookout.storage;

import io.lookout.cluster.Node;
import io.lookout.cluster.resolution.DownsamplingSettings;
import io.lookout.storage.compact.CompactionOptions;
import io.lookout.storage.compact.CompactionSettings;
import io.lookout.storage.downsample.Coverage;
import io.lookout.storage.downsample.Resolution;
import io.lookout.storage.downsample.Resolutions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens the stores of aggregates, where the settings want them. */
final class OpenResolutions {
  private final Node node;
  private final StorageSettings settings;
  private final DownsamplingSettings downsampling;
  private final StorageDirectory directory;
  private final OpenStore stores;

  OpenResolutions(Node node, StorageSettings settings, StorageDirectory directory) {
    this.node = node;
    this.settings = settings;
    this.downsampling = node.settings().of(DownsamplingSettings.class);
    this.directory = directory;
    this.stores = new OpenStore(node, settings);
  }

  Future<Resolutions> open() {
    if (!downsampling.enabled()) {
      return Future.succeededFuture(Resolutions.none(node.clock()));
    }
    CompactionSettings compacting = node.settings().of(CompactionSettings.class);
    long span = span(compacting);
    List<Resolution> open = new ArrayList<>();
    return open("5m", DownsamplingSettings.FIVE_MINUTES, downsampling.retention5m(), 7, open)
        .compose(first ->
            open("1h", DownsamplingSettings.ONE_HOUR, downsampling.retention1h(), 30, open))
        .map(all ->
            new Resolutions(
                open, new Coverage(span), settings.retention().toMillis(), node.clock()))
        .recover(failure ->
            Future.join(open.stream().map(each -> each.store().close()).toList())
                .transform(closed -> Future.failedFuture(failure)));
  }

  /** What a compacted block covers: whole windows and whole buckets. */
  private long span(CompactionSettings compacting) {
    CompactionOptions options = compacting.options(settings.rollover(), settings.retention());
    long span = options.span();
    require(
        compacting.enabled(), "storage.downsampling needs storage.compaction.enabled to be true");
    require(
        span % DownsamplingSettings.ONE_HOUR.toMillis() == 0
            && span % settings.window().toMillis() == 0,
        "with storage.downsampling, storage.compaction.span (or the shorter storage.rollover) must"
            + " be a multiple of 1h and of storage.window, but is "
            + Duration.ofMillis(span));
    return span;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * @param periods of the store of samples that one index covers: there is less to keep
   */
  private Future<Void> open(
      String name, Duration resolution, Duration retention, int periods, List<Resolution> open) {
    return stores
        .open(name, directory.store(name), settings.rollover().multipliedBy(periods))
        .onSuccess(store ->
            open.add(new Resolution(resolution.toMillis(), name, store, retention.toMillis())))
        .mapEmpty();
  }
}
