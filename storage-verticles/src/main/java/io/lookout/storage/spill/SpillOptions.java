package io.lookout.storage.spill;

import io.lookout.model.retry.Backoff;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How blocks wait for a store that is away.
 *
 * @param directory where they wait
 * @param maxBytes what may wait; beyond that writes are refused
 * @param patience how long a put may take before its blocks wait instead
 * @param backoff between attempts
 * @param batchBytes about what is given to the store at once when it is back
 */
public record SpillOptions(
    Path directory, long maxBytes, Duration patience, Backoff backoff, long batchBytes) {}
