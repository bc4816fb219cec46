package io.lookout.cluster.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps the instances of a server from serving everything until all roles have started.
 * Thread-safe.
 */
final class Shutter {
  private final Promise<Void> opened = Promise.promise();
  private final List<Future<Void>> instances = new CopyOnWriteArrayList<>();

  /**
   * An instance tells when it serves everything, which it begins to do when the result completes.
   */
  Future<Void> await(Future<Void> servesAll) {
    instances.add(servesAll);
    return opened.future();
  }

  /** Completes when every instance serves everything. */
  Future<Void> open() {
    opened.complete();
    return Future.all(instances).mapEmpty();
  }
}
