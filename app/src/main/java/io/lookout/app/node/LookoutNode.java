package io.lookout.app.node;

import io.lookout.cluster.Readiness;
import io.lookout.cluster.settings.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node that serves, until it is stopped. */
public final class LookoutNode {
  private static final Logger LOG = LoggerFactory.getLogger(LookoutNode.class);

  private final Vertx vertx;
  private final Readiness readiness;
  private final CompletionStage<String> brokenDown;
  private final Ports ports;
  private final Closings closings;
  private final Duration stopDelay;
  private final Supplier<Future<Void>> reload;

  /**
   * Where the node listens.
   *
   * @param gateway empty where it is switched off, or the node takes nothing in
   * @param others ports of single protocols, by the settings that hold their addresses
   */
  public record Ports(HostPort http, Optional<HostPort> gateway, Map<String, HostPort> others) {
    public Ports {
      others = Map.copyOf(others);
    }
  }

  LookoutNode(
      Vertx vertx,
      Readiness readiness,
      CompletionStage<String> brokenDown,
      Ports ports,
      Closings closings,
      Duration stopDelay,
      Supplier<Future<Void>> reload) {
    this.vertx = vertx;
    this.readiness = readiness;
    this.brokenDown = brokenDown;
    this.ports = ports;
    this.closings = closings;
    this.stopDelay = stopDelay;
    this.reload = reload;
  }

  public Ports ports() {
    return ports;
  }

  /** Completes with what has failed where only another start can repair it. */
  public CompletionStage<String> brokenDown() {
    return brokenDown;
  }

  /** Reads files anew that the settings name; where they cannot be used, everything stays. */
  public void reload() {
    LOG.info("Reloading");
    reload
        .get()
        .onSuccess(done -> LOG.info("Reloaded"))
        .onFailure(failure -> LOG.error("Failed to reload: {}", failure.getMessage()));
  }

  /**
   * Turns {@code /-/ready} to no, takes no more requests, answers those in flight, stops the roles
   * in the reverse order of their start, and leaves the cluster. Blocks; every part of it is
   * bounded in time.
   *
   * @return what has failed to stop, or has not stopped in time: empty after an orderly end
   */
  public List<String> stop() {
    LOG.info("Stopping");
    readiness.waitFor("the node is stopping");
    awaitStopDelay();
    List<String> left = closings.close();
    if (left.isEmpty()) {
      LOG.info("Stopped");
    } else {
      LOG.error(
          "Stopped all but {}: what was acknowledged is in the write-ahead log",
          String.join(", ", left));
    }
    return left;
  }

  private void awaitStopDelay() {
    if (!stopDelay.isPositive()) {
      return;
    }
    try {
      vertx.timer(stopDelay.toMillis()).await(stopDelay.toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("An event loop is stuck: a timer of {} did not go off", stopDelay);
    }
  }
}
