package io.lookout.query.promql.value;

import io.lookout.query.promql.ast.Position;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Collects annotations from all threads of an evaluation; each text once. Bounded: beyond {@value
 * #MAX} texts further ones are not kept.
 */
public final class Annotations {
  private static final int MAX = 1_000;

  private final ConcurrentMap<String, Annotation> byText = new ConcurrentHashMap<>();

  /**
   * @param message without prefix, as {@link AnnotationText} makes it
   */
  public void warn(String message, Position position) {
    add(Annotation.Kind.WARNING, message, position);
  }

  /** The same for what is less bad. */
  public void info(String message, Position position) {
    add(Annotation.Kind.INFO, message, position);
  }

  private void add(Annotation.Kind kind, String message, Position position) {
    Annotation annotation = new Annotation(kind, kind.prefix() + message, position);
    if (byText.size() < MAX || byText.containsKey(annotation.text())) {
      byText.merge(annotation.text(), annotation, Annotations::first);
    }
  }

  private static Annotation first(Annotation a, Annotation b) {
    return a.position().start() <= b.position().start() ? a : b;
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
