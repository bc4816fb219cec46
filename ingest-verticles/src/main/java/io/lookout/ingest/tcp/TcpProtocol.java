package io.lookout.ingest.tcp;

import java.util.function.Supplier;

/**
 * What is spoken on a port.
 *
 * @param name as the self-metrics have it
 * @param messageLimit the largest message, in bytes
 * @param framing asked for once a connection
 * @param conversation asked for once a connection
 */
public record TcpProtocol(
    String name,
    int messageLimit,
    Supplier<? extends Framing> framing,
    Supplier<? extends Conversation> conversation) {}
