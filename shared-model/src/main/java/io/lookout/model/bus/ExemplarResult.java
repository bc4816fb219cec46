package io.lookout.model.bus;

import io.lookout.model.Labels;
import java.util.List;

/**
 * The answer to an {@link ExemplarQuery}.
 *
 * @param series each once, in no particular order
 */
public record ExemplarResult(List<SeriesExemplars> series) {
  /** A series and its exemplars, in the order in which they came. */
  public record SeriesExemplars(Labels labels, List<Exemplar> exemplars) {}
}
