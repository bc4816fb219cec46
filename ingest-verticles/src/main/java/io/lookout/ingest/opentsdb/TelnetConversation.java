package io.lookout.ingest.opentsdb;

import io.lookout.ingest.decode.PointBatches;
import io.lookout.ingest.intake.Written;
import io.lookout.ingest.tcp.Conversation;
import io.lookout.ingest.tcp.Framing;
import io.lookout.ingest.tcp.TcpIntake;
import io.lookout.ingest.tcp.TcpProtocol;
import io.lookout.ingest.tcp.TcpReply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/**
 * Somebody who speaks OpenTSDB's telnet commands. A put that is good is not replied to, as its
 * senders expect; every other line is.
 */
public final class TelnetConversation implements Conversation {
  /** What all connections have done, for {@code stats}. */
  private record Counts(LongAdder written, LongAdder refused) {}

  private final TelnetDecoder decoder;
  private final TcpIntake intake;
  private final Counts counts;
  private final Clock clock;

  private TelnetConversation(
      PointBatches batches, String tenant, TcpIntake intake, Counts counts, Clock clock) {
    this.decoder = new TelnetDecoder(batches, tenant, this::command);
    this.intake = intake;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * What is spoken on the port.
   *
   * @param lineLimit in bytes
   */
  public static TcpProtocol protocol(
      PointBatches batches, String tenant, TcpIntake intake, Clock clock, int lineLimit) {
    Counts counts = new Counts(new LongAdder(), new LongAdder());
    return new TcpProtocol(
        OpenTsdbEndpoint.PROTOCOL,
        lineLimit,
        Framing::lines,
        () -> new TelnetConversation(batches, tenant, intake, counts, clock));
  }

  @Override
  public Future<TcpReply> take(byte[] bytes, int length) {
    return intake
        .write(
            OpenTsdbEndpoint.PROTOCOL, length, () -> decoder.decode(bytes, length).decoded(length))
        .map(this::written)
        // Counted by the intake; the sender is told.
        .otherwise(failure -> reply("put: Lookout error: " + failure.getMessage() + "\n"));
  }

  private TcpReply written(Written written) {
    counts.written().add(written.samples());
    int refused = written.rejections().samples();
    counts.refused().add(refused);
    String replies = decoder.replies();
    // What the lines themselves did not show, such as a limit that is exceeded.
    return reply(
        replies.isEmpty() && refused > 0
            ? "put: illegal argument: " + written.rejections().text().replace('\n', ' ') + "\n"
            : replies);
  }

  private TcpReply reply(String text) {
    return new TcpReply(Buffer.buffer(text), decoder.exits());
  }

  private String command(String word) {
    return switch (word) {
      case "version" -> "Lookout, which takes what OpenTSDB 2.4 takes\n";
      case "help" -> "available commands: exit help put stats version\n";
      case "stats" -> stats();
      default -> "unknown command: " + word + ".  Try `help'.\n";
    };
  }

  private String stats() {
    long now = clock.millis() / 1000;
    return "tsd.datapoints.added "
        + now
        + " "
        + counts.written().sum()
        + " type=telnet\n"
        + "tsd.rpc.errors "
        + now
        + " "
        + counts.refused().sum()
        + " type=telnet\n";
  }
}
