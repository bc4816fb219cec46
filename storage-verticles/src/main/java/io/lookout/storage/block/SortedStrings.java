package io.lookout.storage.block;

import io.lookout.model.Utf8Order;
import java.util.ArrayList;
import java.util.List;

/** Lists of strings that are sorted by UTF-8 bytes, each string once. */
final class SortedStrings {
  private SortedStrings() {}

  /** What is in either; one of them where the other adds nothing. */
  static List<String> union(List<String> a, List<String> b) {
    if (b.isEmpty() || a.equals(b)) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    List<String> union = new ArrayList<>(Math.max(a.size(), b.size()));
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = Utf8Order.compare(a.get(i), b.get(j));
      union.add(order <= 0 ? a.get(i) : b.get(j));
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    union.addAll(a.subList(i, a.size()));
    union.addAll(b.subList(j, b.size()));
    return union;
  }
}
