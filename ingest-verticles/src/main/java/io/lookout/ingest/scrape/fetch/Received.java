package io.lookout.ingest.scrape.fetch;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a server has answered.
 *
 * @param reason the words beside the status
 * @param body as it came; empty for a status other than 200, whose body is not read
 */
record Received(int status, String reason, MultiMap headers, Buffer body) {}
