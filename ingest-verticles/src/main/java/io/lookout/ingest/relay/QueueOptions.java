package io.lookout.ingest.relay;

import io.lookout.model.retry.Backoff;
import java.nio.file.Path;

/**
 * The queues before a target.
 *
 * @param name of what passes samples on, for messages: "the relay"
 * @param meters what the names of its metrics begin with
 * @param boundSetting the setting that {@code bytes} is from
 * @param directory where they are kept
 * @param queues a series has one of them; each has one request under way at a time
 * @param bytes that may wait in all of them
 * @param sync when what is written to them counts as durable
 * @param requestSamples about so many samples go with a request
 * @param backoff between two tries
 */
public record QueueOptions(
    String name,
    String meters,
    String boundSetting,
    Path directory,
    int queues,
    long bytes,
    QueueSync sync,
    int requestSamples,
    Backoff backoff) {
  /** A queue smaller than this could not hold one large request. */
  public static final long LEAST_BYTES = DiskQueue.LEAST_BOUND;
}
