package io.lookout.storage.head;

import io.lookout.model.SeriesKey;
import io.lookout.model.bus.Exemplar;

/** An exemplar and its series. */
public record SeriesExemplar(SeriesKey key, Exemplar exemplar) {}
