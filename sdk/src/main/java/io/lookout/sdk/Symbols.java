package io.lookout.sdk;

import java.util.LinkedHashMap;
import java.util.Map;

/** The texts of a request, each once; number 0 is the empty one. */
final class Symbols {
  private static final int FIELD = 4;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  Symbols() {
    numbers.put("", 0);
  }

  int number(String text) {
    Integer known = numbers.putIfAbsent(text, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  void write(ProtoWriter request) {
    numbers.keySet().forEach(text -> request.text(FIELD, text));
  }
}
