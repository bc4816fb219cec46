package io.lookout.query.http;

import java.util.List;
import java.util.function.BiConsumer;

/** A JSON array that is written an entry at a time. */
final class ListData<T> implements ApiData {
  private final List<T> entries;
  private final BiConsumer<JsonBytes, T> writer;
  private int next;

  ListData(List<T> entries, BiConsumer<JsonBytes, T> writer) {
    this.entries = entries;
    this.writer = writer;
  }

  @Override
  public boolean write(JsonBytes out) {
    if (next == 0) {
      out.raw('[');
    }
    while (next < entries.size() && !out.isFull()) {
      if (next > 0) {
        out.raw(',');
      }
      writer.accept(out, entries.get(next++));
    }
    if (next < entries.size()) {
      return true;
    }
    out.raw(']');
    return false;
  }
}
