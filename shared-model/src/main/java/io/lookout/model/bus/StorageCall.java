package io.lookout.model.bus;

/** A node that has just come asks all storage nodes to announce themselves now. */
public record StorageCall() {}
