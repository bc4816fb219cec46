package io.lookout.ingest.influx;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The databases that clients have named since the start. There is nothing behind a database but a
 * label, so every one exists; these are listed to clients that want to see what they have created.
 * Thread-safe.
 */
public final class Databases {
  private static final int MOST = 1000;
  private static final int LONGEST = 256;

  private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();

  void add(String name) {
    if (!name.isEmpty() && name.length() <= LONGEST && names.size() < MOST) {
      names.add(name);
    }
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
