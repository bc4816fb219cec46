package io.lookout.query.promql.value;

import io.lookout.query.promql.ast.Position;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects annotations from all threads of an evaluation; each text once. Bounded: beyond {@value
 * #MAX} texts further ones are not kept.
 */
public final class Annotations {
  private static final int MAX = 1_000;

  /** Right sides of operators after left ones, what is around a part of the query after it. */
  private static final Comparator<Position> EVALUATION =
      Comparator.comparingInt(Position::end)
          .thenComparing(Position::start, Comparator.reverseOrder());

  private static final Comparator<Noted> LAST_NOTED =
      Comparator.comparing(Noted::node, EVALUATION)
          .thenComparing(noted -> noted.annotation.position(), EVALUATION);

  private final ConcurrentMap<String, Noted> byText = new ConcurrentHashMap<>();

  /**
   * An annotation and whose it is.
   *
   * @param node the part of the query that was evaluated
   */
  private record Noted(Annotation annotation, Position node) {
    /** As in Prometheus, the node that is evaluated later says where the annotation stands. */
    Noted with(Noted other) {
      Noted last = LAST_NOTED.compare(this, other) >= 0 ? this : other;
      Annotation shown = last.annotation;
      MonotonicityFix a = annotation.fix();
      MonotonicityFix b = other.annotation.fix();
      MonotonicityFix fix = a == null || b == null ? a : a.and(b);
      return new Noted(
          new Annotation(shown.kind(), shown.text(), shown.position(), fix), last.node);
    }
  }

  /** Warns about all of a node. */
  public void warn(String message, Position node) {
    warn(message, node, node);
  }

  /**
   * Warns about a part of a node.
   *
   * @param message without prefix, as {@link AnnotationText} makes it
   * @param position of the part
   * @param node what is evaluated: an operator, a call, an aggregation
   */
  public void warn(String message, Position position, Position node) {
    add(Annotation.Kind.WARNING, message, position, null, node);
  }

  /** Informs about all of a node. */
  public void info(String message, Position node) {
    info(message, node, node);
  }

  /** As a warning, for what is less bad. */
  public void info(String message, Position position, Position node) {
    add(Annotation.Kind.INFO, message, position, null, node);
  }

  /** Informs of buckets that were made to ascend; details of the same message add up. */
  public void info(String message, Position position, Position node, MonotonicityFix fix) {
    add(Annotation.Kind.INFO, message, position, fix, node);
  }

  private void add(
      Annotation.Kind kind,
      String message,
      Position position,
      @Nullable MonotonicityFix fix,
      Position node) {
    Annotation annotation = new Annotation(kind, kind.prefix() + message, position, fix);
    if (byText.size() < MAX || byText.containsKey(annotation.text())) {
      byText.merge(annotation.text(), new Noted(annotation, node), Noted::with);
    }
  }

  /** All of a kind, by place in the query. */
  public List<Annotation> of(Annotation.Kind kind) {
    return byText.values().stream()
        .map(Noted::annotation)
        .filter(annotation -> annotation.kind() == kind)
        .sorted(
            Comparator.comparingInt((Annotation a) -> a.position().start())
                .thenComparing(Annotation::text))
        .toList();
  }
}
