package io.lookout.ingest.graphite;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.tcp.Conversation;
import io.lookout.ingest.tcp.Framing;
import io.lookout.ingest.tcp.TcpIntake;
import io.lookout.ingest.tcp.TcpProtocol;
import io.lookout.ingest.tcp.TcpReply;
import io.vertx.core.Future;
import java.time.Clock;

/** A sender of Graphite's plaintext protocol: it is never answered. */
public final class GraphiteConversation implements Conversation {
  static final String PROTOCOL = "graphite";

  private final GraphiteDecoder decoder;
  private final TcpIntake intake;
  private final Clock clock;

  private GraphiteConversation(GraphiteDecoder decoder, TcpIntake intake, Clock clock) {
    this.decoder = decoder;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * What is spoken on Graphite's port.
   *
   * @param lineLimit in bytes
   */
  public static TcpProtocol protocol(
      PointBatches batches, String tenant, TcpIntake intake, Clock clock, int lineLimit) {
    return new TcpProtocol(
        PROTOCOL,
        lineLimit,
        Framing::lines,
        () -> new GraphiteConversation(new GraphiteDecoder(batches, tenant), intake, clock));
  }

  @Override
  public Future<TcpReply> take(byte[] bytes, int length) {
    long now = clock.millis();
    return intake
        .write(PROTOCOL, length, () -> decoder.decode(bytes, length, now).decoded(length))
        .map(TcpReply.NONE)
        // Counted, and nobody can be told.
        .otherwise(TcpReply.NONE);
  }
}
