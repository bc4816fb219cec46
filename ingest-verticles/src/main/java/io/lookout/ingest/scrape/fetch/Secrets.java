package io.lookout.ingest.scrape.fetch;

import io.lookout.ingest.scrape.config.HttpAccess.Secret;
import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Reads secrets, those in files anew for each use: whoever rotates them need not tell. */
final class Secrets {
  private Secrets() {}

  static Future<String> read(Vertx vertx, Secret secret) {
    return switch (secret) {
      case Secret.Inline inline -> Future.succeededFuture(inline.value());
      case Secret.InFile file ->
          vertx
              .fileSystem()
              .readFile(file.path().toString())
              .map(content -> content.toString().strip())
              .recover(failure ->
                  Future.failedFuture(
                      new LookoutException(
                          ErrorCode.UNAVAILABLE, "unable to read file " + file.path(), failure)));
    };
  }
}
