package io.lookout.storage.wal;

import java.time.Duration;

/**
 * How a log is written.
 *
 * @param window length of the windows by which segments can be dropped, ms
 * @param sync when a commit counts as durable
 * @param syncInterval for {@link WalSync#INTERVAL}
 * @param segmentBytes when a new segment begins
 */
public record WalOptions(long window, WalSync sync, Duration syncInterval, long segmentBytes) {}
