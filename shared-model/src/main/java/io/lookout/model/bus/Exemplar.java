package io.lookout.model.bus;

import io.lookout.model.Labels;

/**
 * A sample with labels of its own (a trace identity, mostly) that stands for others of its series.
 */
public record Exemplar(Labels labels, double value, long time) {}
