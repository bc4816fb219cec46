package io.lookout.model.bus.wire;

import io.lookout.model.Fingerprint;
import io.lookout.model.Labels;
import io.lookout.model.Matcher;
import io.lookout.model.SeriesKey;
import io.lookout.model.Utf8Order;
import io.lookout.model.bytes.ByteReader;
import io.lookout.model.bytes.MalformedBytesException;
import io.lookout.model.chunk.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what {@link WireOutput} wrote. Everything declared is checked against the bytes there are.
 */
final class WireInput {
  private final byte[] array;
  private final ByteReader in;
  private final List<String> texts = new ArrayList<>();
  private final List<Slice> slices = new ArrayList<>();

  WireInput(byte[] array, ByteReader in) {
    this.array = array;
    this.in = in;
  }

  ByteReader bytes() {
    return in;
  }

  String text() {
    long number = in.readVarLong();
    if (number == 0) {
      texts.add(in.readText());
      return texts.get(texts.size() - 1);
    }
    return texts.get(known(number, texts.size()));
  }

  private static int known(long number, int count) {
    if (number < 1 || number > count) {
      throw new MalformedBytesException("number " + number + " of " + count);
    }
    return (int) number - 1;
  }

  boolean flag() {
    return switch (in.readByte()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new MalformedBytesException("a flag that is neither 0 nor 1");
    };
  }

  /** A varint of at most 31 bits. */
  int number() {
    long number = in.readVarLong();
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new MalformedBytesException("number out of range: " + Long.toUnsignedString(number));
    }
    return (int) number;
  }

  /** Grows with what is really there, whatever length is declared. */
  <T> List<T> list(Supplier<T> each) {
    int count = in.readCount(1);
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(each.get());
    }
    return items;
  }

  Labels labels() {
    int count = in.readCount(2);
    String[] pairs = new String[2 * count];
    for (int i = 0; i < pairs.length; i += 2) {
      pairs[i] = text();
      pairs[i + 1] = text();
      if (pairs[i + 1].isEmpty() || (i > 0 && Utf8Order.compare(pairs[i - 2], pairs[i]) >= 0)) {
        throw new MalformedBytesException("labels out of order or empty");
      }
    }
    return Labels.ofSorted(pairs);
  }

  SeriesKey series() {
    String tenant = text();
    Fingerprint fingerprint = new Fingerprint(in.readLong(), in.readLong());
    return new SeriesKey(tenant, labels(), fingerprint);
  }

  List<Matcher> matchers() {
    return list(() -> new Matcher(MatcherTypes.ofCode(in.readByte()), text(), text()));
  }

  Slice slice() {
    int length = in.readCount(1);
    int offset = in.position();
    in.skip(length);
    return new Slice(array, offset, length);
  }

  Slice sharedSlice() {
    long number = in.readVarLong();
    if (number == 0) {
      slices.add(slice());
      return slices.get(slices.size() - 1);
    }
    return slices.get(known(number, slices.size()));
  }
}
