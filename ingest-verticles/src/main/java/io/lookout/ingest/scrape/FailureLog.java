package io.lookout.ingest.scrape;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that gets a line of JSON for each scrape that failed. Written beside the event loop, in
 * the order of the failures; where the disk does not keep up, lines are lost and counted. Stays on
 * one context.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
  private static final int MAX_WAITING = 1000;

  private final Path path;
  private final FileChannel file;
  private int waiting;
  private boolean complained;

  private FailureLog(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** What there is in the file already stays. Blocks. */
  static FailureLog open(Path path) throws IOException {
    return new FailureLog(
        path,
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  void add(Vertx vertx, Instant time, Target target, String problem, ScrapeMeters meters) {
    if (waiting >= MAX_WAITING) {
      meters.failureLineLost();
      return;
    }
    waiting++;
    byte[] line = line(time, target, problem);
    vertx
        .executeBlocking(() -> write(line), true)
        .onComplete(done -> waiting--)
        .onFailure(failure -> {
          meters.failureLineLost();
          complain(failure);
        });
  }

  /** As Prometheus's, without the line of its source. */
  private static byte[] line(Instant time, Target target, String problem) {
    return (new JsonObject()
                .put("time", time.toString())
                .put("level", "ERROR")
                .put("msg", problem)
                .put("job_name", target.job())
                .put("target", target.url().toString())
                .encode()
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private boolean write(byte[] line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
    return true;
  }

  /** Once for each time that the file is opened. */
  private void complain(Throwable failure) {
    if (!complained) {
      complained = true;
      LOG.warn("Scrape failures cannot be written to {}: {}", path, failure.toString());
    }
  }

  /** After what is being written. */
  Future<Void> close(Vertx vertx) {
    return vertx.executeBlocking(
        () -> {
          closeNow();
          return null;
        },
        true);
  }

  /** Blocks. */
  void closeNow() throws IOException {
    file.close();
  }
}
