package io.lookout.ingest.remotewrite;

import io.lookout.ingest.decode.Decoded;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Decodes large requests on worker threads, each with a decoder of its own for the time. As many
 * decoders are made as there are workers. Thread-safe.
 */
public final class DecoderPool {
  private final WorkerExecutor workers;
  private final Supplier<RemoteWriteDecoder> factory;
  private final ConcurrentLinkedQueue<RemoteWriteDecoder> idle = new ConcurrentLinkedQueue<>();

  public DecoderPool(WorkerExecutor workers, Supplier<RemoteWriteDecoder> factory) {
    this.workers = workers;
    this.factory = factory;
  }

  /** A decoder that the caller keeps. */
  RemoteWriteDecoder decoder() {
    return factory.get();
  }

  /** The body must not be touched until this completes. */
  Future<Decoded> decode(Announced announced, String tenant, byte[] body, int length) {
    return workers.executeBlocking(() -> decodeHere(announced, tenant, body, length), false);
  }

  private Decoded decodeHere(Announced announced, String tenant, byte[] body, int length) {
    RemoteWriteDecoder spare = idle.poll();
    RemoteWriteDecoder decoder = spare == null ? factory.get() : spare;
    try {
      return decoder.decode(announced, tenant, body, length);
    } finally {
      idle.add(decoder);
    }
  }
}
