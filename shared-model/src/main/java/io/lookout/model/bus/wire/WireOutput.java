package io.lookout.model.bus.wire;

import io.lookout.model.Fingerprint;
import io.lookout.model.Label;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.bytes.ByteWriter;
import io.lookout.model.chunk.Slice;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts that messages share. A text, and a slice that chunks share, is written where it
 * first occurs; afterwards its number stands for it. {@link WireInput} reads it.
 */
final class WireOutput {
  private final ByteWriter out;
  private final Map<String, Integer> texts = new HashMap<>();
  private final IdentityHashMap<Slice, Integer> slices = new IdentityHashMap<>();

  WireOutput(ByteWriter out) {
    this.out = out;
  }

  ByteWriter bytes() {
    return out;
  }

  /** Varint 0 and the text, or the number of the text, counted from 1. */
  void text(String text) {
    @Nullable Integer known = texts.putIfAbsent(text, texts.size() + 1);
    if (known == null) {
      out.putVarLong(0).putText(text);
    } else {
      out.putVarLong(known);
    }
  }

  void flag(boolean value) {
    out.putByte(value ? 1 : 0);
  }

  <T> void list(Collection<T> items, Consumer<T> each) {
    out.putVarLong(items.size());
    items.forEach(each);
  }

  void labels(Labels labels) {
    out.putVarLong(labels.size());
    for (Label label : labels) {
      text(label.name());
      text(label.value());
    }
  }

  void series(SeriesKey key) {
    text(key.tenant());
    Fingerprint fingerprint = key.fingerprint();
    out.putLong(fingerprint.high()).putLong(fingerprint.low());
    labels(key.labels());
  }

  void matchers(List<Matcher> matchers) {
    list(
        matchers,
        matcher -> {
          out.putByte(MatcherTypes.code(matcher.type()));
          text(matcher.name());
          text(matcher.value());
        });
  }

  /** Length and bytes. */
  void slice(Slice slice) {
    out.putVarLong(slice.length());
    out.putBytes(slice.array(), slice.offset(), slice.length());
  }

  /** Varint 0 and the slice, or the number of the slice, counted from 1. */
  void sharedSlice(Slice slice) {
    @Nullable Integer known = slices.putIfAbsent(slice, slices.size() + 1);
    if (known == null) {
      out.putVarLong(0);
      slice(slice);
    } else {
      out.putVarLong(known);
    }
  }
}
