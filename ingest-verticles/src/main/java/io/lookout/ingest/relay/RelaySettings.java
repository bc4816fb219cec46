package io.lookout.ingest.relay;

import io.lookout.cluster.settings.ByteSize;
import io.lookout.cluster.settings.Setting;
import io.lookout.model.retry.Backoff;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Whether samples are passed on, and to whom. */
public record RelaySettings(
    @Setting(
            name = "relay.url",
            defaultValue = "",
            help =
                "Pass every accepted sample on to this remote-write URL; empty: to none. On a node"
                    + " that is alone and has no storage it is the only destination.")
        String url,
    @Setting(
            name = "relay.version",
            defaultValue = "2.0",
            help = "The version of remote write that the target takes: 2.0 or 1.0.")
        String version,
    @Setting(
            name = "relay.user",
            defaultValue = "",
            help = "User of the target, for basic authentication.")
        String user,
    @Setting(
            name = "relay.password",
            defaultValue = "",
            help = "Password of the target.",
            secret = true)
        String password,
    @Setting(
            name = "relay.bearer.token",
            defaultValue = "",
            help = "Token for the target, instead of user and password.",
            secret = true)
        String bearerToken,
    @Setting(
            name = "relay.shards",
            defaultValue = "4",
            help = "Queues, and with them requests under way at a time; a series has one of them.")
        int shards,
    @Setting(
            name = "relay.queue.bytes",
            defaultValue = "2GiB",
            help = "What may wait on disk for the target; when full, senders get 503.")
        ByteSize queueBytes,
    @Setting(
            name = "relay.queue.sync",
            defaultValue = "os",
            help =
                "When a sample is acknowledged: os (its queue survives the process) or always (the"
                    + " machine).")
        QueueSync queueSync,
    @Setting(
            name = "relay.request.samples",
            defaultValue = "5000",
            help = "About so many samples go with one request.")
        int requestSamples,
    @Setting(
            name = "relay.timeout",
            defaultValue = "30s",
            help = "How long the target may take to answer.")
        Duration timeout,
    @Setting(
            name = "relay.retry.longest",
            defaultValue = "30s",
            help = "The longest pause before a request is sent again.")
        Duration longestPause) {
  private static final int MOST_SHARDS = 256;

  public RelaySettings {
    if (!url.isEmpty()) {
      requireHttp(url);
    }
    if (!version.equals("1.0") && !version.equals("2.0")) {
      throw new IllegalArgumentException("relay.version must be 2.0 or 1.0, not " + version);
    }
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new IllegalArgumentException("relay.shards must be between 1 and " + MOST_SHARDS);
    }
    if (queueBytes.bytes() / shards < DiskQueue.LEAST_BOUND) {
      throw new IllegalArgumentException(
          "relay.queue.bytes must be at least " + DiskQueue.LEAST_BOUND + " for each shard");
    }
    if (requestSamples < 1) {
      throw new IllegalArgumentException("relay.request.samples must be positive");
    }
    if (longestPause.toMillis() < 1) {
      throw new IllegalArgumentException("relay.retry.longest must be at least 1ms");
    }
    if (!user.isEmpty() && !bearerToken.isEmpty()) {
      throw new IllegalArgumentException("relay.user and relay.bearer.token exclude each other");
    }
  }

  private static void requireHttp(String url) {
    String scheme = String.valueOf(URI.create(url).getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "relay.url must begin with http:// or https://, not " + url);
    }
  }

  /**
   * @param directory of the node's data
   */
  QueueOptions queues(Path directory) {
    return new QueueOptions(
        "the relay",
        "lookout.relay",
        "relay.queue.bytes",
        directory.resolve("relay"),
        shards,
        queueBytes.bytes(),
        queueSync,
        requestSamples,
        Backoff.upTo(longestPause));
  }

  public boolean isOn() {
    return !url.isEmpty();
  }
}
