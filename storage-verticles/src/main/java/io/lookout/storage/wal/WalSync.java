package io.lookout.storage.wal;

/** When a write counts as durable: the setting {@code storage.wal.sync}. */
public enum WalSync {
  /** In the page cache of the operating system: survives the end of the process. */
  OS,
  /** As {@link #OS}, and on the disk after a while: a machine that fails loses that while. */
  INTERVAL,
  /** On the disk: survives the machine. */
  ALWAYS
}
