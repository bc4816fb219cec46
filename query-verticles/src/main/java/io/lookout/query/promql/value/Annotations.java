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

  private static final Comparator<Position> EVALUATION =
      Comparator.comparingInt(Position::end)
          .thenComparing(Position::start, Comparator.reverseOrder());

  private final ConcurrentMap<String, Annotation> byText = new ConcurrentHashMap<>();

  /**
   * @param message without prefix, as {@link AnnotationText} makes it
   */
  public void warn(String message, Position position) {
    add(Annotation.Kind.WARNING, message, position, null);
  }

  /** The same for what is less bad. */
  public void info(String message, Position position) {
    add(Annotation.Kind.INFO, message, position, null);
  }

  /** Informs of buckets that were made to ascend; details of the same message add up. */
  public void info(String message, Position position, MonotonicityFix fix) {
    add(Annotation.Kind.INFO, message, position, fix);
  }

  private void add(
      Annotation.Kind kind, String message, Position position, @Nullable MonotonicityFix fix) {
    Annotation annotation = new Annotation(kind, kind.prefix() + message, position, fix);
    if (byText.size() < MAX || byText.containsKey(annotation.text())) {
      byText.merge(annotation.text(), annotation, Annotations::later);
    }
  }

  /**
   * As in Prometheus, the place that is evaluated later counts: the right side of an operator is
   * after the left one, what is around a part of the query is after that part.
   */
  private static Annotation later(Annotation a, Annotation b) {
    Annotation later = EVALUATION.compare(a.position(), b.position()) >= 0 ? a : b;
    MonotonicityFix fix = a.fix() == null || b.fix() == null ? a.fix() : a.fix().and(b.fix());
    return new Annotation(later.kind(), later.text(), later.position(), fix);
  }

  /** All of a kind, by place in the query. */
  public List<Annotation> of(Annotation.Kind kind) {
    return byText.values().stream()
        .filter(annotation -> annotation.kind() == kind)
        .sorted(
            Comparator.comparingInt((Annotation a) -> a.position().start())
                .thenComparing(Annotation::text))
        .toList();
  }
}
