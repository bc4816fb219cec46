package io.lookout.ingest.http;

/** A request's body: {@code bytes[0..length)}. To be given back to its reader. */
@SuppressWarnings("ArrayRecordComponent") // Used once and never compared.
public record Body(byte[] bytes, int length) {}
