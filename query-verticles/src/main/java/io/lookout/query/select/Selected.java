package io.lookout.query.select;

import io.lookout.model.aggregate.TimePart;
import io.lookout.model.bus.SelectResult.SeriesChunks;
import java.util.List;

/**
 * What all storage nodes answered.
 *
 * @param series each once; aggregates of which several are read together are series of their own
 * @param downsampled for which times aggregates stand in for samples
 */
public record Selected(List<SeriesChunks> series, List<TimePart> downsampled) {}
