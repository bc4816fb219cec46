package io.lookout.storage.wal;

import java.time.Duration;

/**
 * How a log is written.
 *
 * @param window length of the windows by which segments can be dropped, ms
 * @param sync when a commit counts as durable
 * @param syncInterval for {@link WalSync#INTERVAL}
 * @param segmentBytes when a new segment begins
 * @param reserveBytes of the disk that samples do not get: kept for what moves windows to the block
 *     store
 */
public record WalOptions(
    long window, WalSync sync, Duration syncInterval, long segmentBytes, long reserveBytes) {}
