package io.lookout.model.bus;

/**
 * Asks for the next part of a {@link SelectResult}. A cursor that nobody asks for is closed after a
 * minute.
 */
public record SelectNext(String cursor) {}
