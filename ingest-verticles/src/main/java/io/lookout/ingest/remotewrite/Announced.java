package io.lookout.ingest.remotewrite;

import io.lookout.ingest.compress.ContentCoding;

/** What the headers of a request say of its body. */
public record Announced(WireVersion version, ContentCoding coding) {}
