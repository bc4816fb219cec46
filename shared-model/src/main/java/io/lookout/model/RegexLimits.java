package io.lookout.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The limits that Go's {@code regexp} sets to expressions, with its messages: repetitions within
 * repetitions multiply to at most 1,000, and neither the size nor the depth of what an expression
 * becomes is unbounded. The engine used here looks at each repetition alone and would make {@code
 * ((a{1000}){1000}){1000}} a program of a thousand million steps.
 *
 * <p>One pass over the text, before it is compiled. It reads only as much of the syntax as is
 * needed to tell what is repeated; what is no expression at all is left for the compiler to refuse.
 */
public final class RegexLimits {
  private static final int MAX_REPEATS = 1000;
  private static final int MAX_HEIGHT = 1000;

  /** Instructions of 40 bytes in 128 MiB. */
  private static final long MAX_SIZE = (128L << 20) / 40;

  /** Something that can be repeated: how large and high it is, and how often its parts repeat. */
  private record Atom(long size, int height, long repeats, boolean literal) {
    static final Atom LITERAL = new Atom(1, 1, 1, true);
    static final Atom CLASS = new Atom(1, 1, 1, false);
  }

  /** A group that is still open, or the whole expression. */
  private static final class Group {
    final boolean capturing;
    private long size;
    private int height;
    private long repeats = 1;
    private int items;
    private boolean afterLiteral;
    private int alternatives;
    private int highest;
    private Atom last = Atom.CLASS;
    private boolean hasLast;

    Group(boolean capturing) {
      this.capturing = capturing;
    }

    void add(Atom atom) {
      settle();
      last = atom;
      hasLast = true;
    }

    /** Nothing repeats the last atom any more. */
    private void settle() {
      if (!hasLast) {
        return;
      }
      hasLast = false;
      size += last.size;
      height = Math.max(height, last.height);
      repeats = Math.max(repeats, last.repeats);
      items += last.literal && afterLiteral ? 0 : 1;
      afterLiteral = last.literal;
    }

    void alternative() {
      settle();
      highest = Math.max(highest, items > 1 ? height + 1 : height);
      alternatives++;
      items = 0;
      height = 0;
      afterLiteral = false;
    }

    Atom close() {
      alternative();
      int inner = Math.max(1, alternatives > 1 ? highest + 1 : highest);
      long all = Math.max(1, size + alternatives - 1);
      return capturing
          ? new Atom(all + 2, inner + 1, repeats, false)
          : new Atom(all, inner, repeats, false);
    }
  }

  private final String text;
  private final Deque<Group> open = new ArrayDeque<>();
  private int at;

  /** After the last repetition. */
  private int repeated = -1;

  private RegexLimits(String text) {
    this.text = text;
  }

  /**
   * Checks an expression, if it is one.
   *
   * @throws LookoutException with {@link ErrorCode#BAD_DATA} and Go's message where it is too large
   */
  public static void check(String expression) {
    new RegexLimits(expression).scan();
  }

  private void scan() {
    open.push(new Group(false));
    boolean readable = true;
    while (readable && at < text.length()) {
      readable = next(text.charAt(at));
    }
    if (readable && open.size() == 1) {
      Atom whole = open.element().close();
      checkSize(whole);
      // Prometheus anchors an expression, which makes it higher by one.
      if (whole.height == MAX_HEIGHT) {
        throw refused("expression nests too deeply", "^(?s:" + text + ")$");
      }
    }
  }

  /** Whether the rest can be read too. */
  private boolean next(char c) {
    switch (c) {
      case '(' -> openGroup();
      case ')' -> {
        at++;
        if (open.size() == 1) {
          return false;
        }
        add(open.pop().close());
      }
      case '|' -> {
        at++;
        open.element().alternative();
      }
      case '[' -> {
        return characterClass();
      }
      case '\\' -> escape();
      case '*' -> {
        return repeat(at + 1, 0, -1, 2);
      }
      case '+', '?' -> {
        return repeat(at + 1, 1, 1, 1);
      }
      case '{' -> {
        return braces();
      }
      case '.', '^', '$' -> {
        at++;
        add(Atom.CLASS);
      }
      default -> {
        at++;
        add(Atom.LITERAL);
      }
    }
    return true;
  }

  private void add(Atom atom) {
    open.element().add(atom);
    checkSize(atom);
  }

  private void checkSize(Atom atom) {
    if (atom.size > MAX_SIZE) {
      throw refused("expression too large", text);
    }
    if (atom.height > MAX_HEIGHT || open.size() > MAX_HEIGHT) {
      throw refused("expression nests too deeply", text);
    }
  }

  private static LookoutException refused(String problem, String what) {
    return new LookoutException(
        ErrorCode.BAD_DATA, "error parsing regexp: " + problem + ": `" + what + "`");
  }

  /** {@code (}, {@code (?:}, {@code (?P<name>}; flags alone, {@code (?i)}, open nothing. */
  private void openGroup() {
    at++;
    if (!text.startsWith("?", at)) {
      open.push(new Group(true));
      return;
    }
    boolean named = text.startsWith("?P<", at) || text.startsWith("?<", at);
    int end = at;
    while (end < text.length() && (named ? ">" : ":)").indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (named || text.startsWith(":", end)) {
      open.push(new Group(named));
    }
    at = end + 1;
  }

  /** {@code [^]a-z[:alpha:]\]]}. */
  private boolean characterClass() {
    int end = at + 1;
    end += text.startsWith("^", end) ? 1 : 0;
    end += text.startsWith("]", end) ? 1 : 0;
    while (end < text.length() && text.charAt(end) != ']') {
      int named = text.startsWith("[:", end) ? text.indexOf(":]", end + 2) : -1;
      if (named >= 0) {
        end = named + 2;
      } else {
        end += text.charAt(end) == '\\' ? 2 : 1;
      }
    }
    at = end + 1;
    add(Atom.CLASS);
    return end < text.length();
  }

  private void escape() {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    at += 2;
    switch (kind) {
      case 'Q' -> quotation();
      case 'p', 'P', 'x' -> {
        int end = text.startsWith("{", at) ? text.indexOf('}', at) + 1 : 0;
        at = end > 0 ? end : at + (kind == 'x' ? 2 : 1);
        add(kind == 'x' ? Atom.LITERAL : Atom.CLASS);
      }
      default -> add(Character.isLetter(kind) ? Atom.CLASS : Atom.LITERAL);
    }
  }

  private void quotation() {
    int end = text.indexOf("\\E", at);
    int stop = end < 0 ? text.length() : end;
    for (; at < stop; at++) {
      add(Atom.LITERAL);
    }
    at = end < 0 ? stop : end + 2;
  }

  /** {@code {2}}, {@code {2,}}, {@code {2,3}}; anything else in braces is plain text. */
  private boolean braces() {
    int comma = digits(at + 1);
    int end = text.startsWith(",", comma) ? digits(comma + 1) : comma;
    if (comma == at + 1 || !text.startsWith("}", end)) {
      at++;
      add(Atom.LITERAL);
      return true;
    }
    int min = number(at + 1, comma);
    int max = end == comma ? min : end == comma + 1 ? -1 : number(comma + 1, end);
    if (min > MAX_REPEATS || max > MAX_REPEATS) {
      return false;
    }
    return repeat(end + 1, min, max, 0);
  }

  private int digits(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private int number(int from, int to) {
    return to - from > 4 ? MAX_REPEATS + 1 : Integer.parseInt(text, from, to, 10);
  }

  /**
   * Repeats the last atom, if there is one that is not repeated already.
   *
   * @param end after the operator
   * @param max −1 for any number of times
   * @param added to its size by an operator that does not multiply it; 0 for those that do
   */
  private boolean repeat(int end, int min, int max, int added) {
    int start = at;
    at = text.startsWith("?", end) ? end + 1 : end;
    Group group = open.element();
    if (!group.hasLast || start == repeated) {
      return false;
    }
    repeated = at;
    Atom last = group.last;
    long repeats = last.repeats;
    long size = last.size + added;
    if (added == 0) {
      int most = max < 0 ? min : max;
      repeats = Math.max(1, most * repeats);
      if ((min >= 2 || max >= 2) && repeats > MAX_REPEATS) {
        throw refused("invalid repeat count", text.substring(start, at));
      }
      size = Math.max(1, most * last.size + (max < 0 ? 2 : max - min));
    }
    group.last = new Atom(size, last.height + 1, repeats, false);
    checkSize(group.last);
    return true;
  }
}
