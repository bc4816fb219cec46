package io.lookout.ingest.opentsdb;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.lookout.ingest.decode.PointBatch;
import io.lookout.ingest.decode.PointBatch.LabelSource;
import io.lookout.ingest.decode.PointBatches;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Turns lines of telnet commands into samples and replies. A line counts for itself: what cannot be
 * read is replied to, and the others count. Series that are known are hashed where they lie and
 * never become strings. Not thread-safe.
 */
final class TelnetDecoder {
  /** Keeps these hashes apart from those of other protocols. */
  private static final long SALT = 0x74656c6e65742121L;

  /** Longer replies to one read are cut: a sender of nothing but errors learns it from a few. */
  private static final int LONGEST = 16 << 10;

  /** Of a word so much is shown. */
  private static final int SHOWN = 200;

  private final PointBatches batches;
  private final String tenant;
  private final Function<String, String> commands;
  private final PutLine line;
  private final LabelSource labels;
  private final StringBuilder replies = new StringBuilder();
  private boolean exit;

  /**
   * @param commands replies to words other than put and exit
   */
  TelnetDecoder(PointBatches batches, String tenant, Function<String, String> commands) {
    this.batches = batches;
    this.tenant = tenant;
    this.commands = commands;
    this.line = new PutLine(batches.index().strings());
    this.labels = line::labels;
  }

  /** What the lines of the last call are replied to. */
  String replies() {
    return replies.toString();
  }

  /** Whether the last call met an {@code exit}, behind which nothing is read. */
  boolean exits() {
    return exit;
  }

  PointBatch decode(byte[] bytes, int length) {
    replies.setLength(0);
    exit = false;
    PointBatch batch = batches.batch(tenant, length);
    int begin = 0;
    while (begin < length && !exit) {
      int end = begin;
      while (end < length && bytes[end] != '\n') {
        end++;
      }
      line(batch, bytes, begin, end);
      begin = end + 1;
    }
    return batch;
  }

  private void line(PointBatch batch, byte[] bytes, int from, int to) {
    int word = PutLine.wordBegin(bytes, from, to);
    int end = PutLine.wordEnd(bytes, word, to);
    if (word == end) {
      return;
    }
    if (isPut(bytes, word, end)) {
      put(batch, bytes, end, to);
      return;
    }
    String command = new String(bytes, word, Math.min(end - word, SHOWN), StandardCharsets.UTF_8);
    if (command.equals("exit")) {
      exit = true;
    } else {
      reply(commands.apply(command));
    }
  }

  private static boolean isPut(byte[] bytes, int from, int to) {
    return to - from == 3 && bytes[from] == 'p' && bytes[from + 1] == 'u' && bytes[from + 2] == 't';
  }

  private void put(PointBatch batch, byte[] bytes, int from, int to) {
    String problem = line.read(bytes, from, to);
    if (problem != null) {
      String shown = problem.substring(0, Math.min(problem.length(), SHOWN));
      batch.reject(line.reason, 1, shown);
      reply("put: " + shown + "\n");
      return;
    }
    HashValue128 hash = batches.index().hash(line.identity(), 0, line.identityLength());
    int series =
        batch.find(hash.getMostSignificantBits(), hash.getLeastSignificantBits() ^ SALT, 1, labels);
    if (series != PointBatch.NONE) {
      batch.sample(series, line.time, line.value);
    }
  }

  private void reply(String text) {
    if (replies.length() < LONGEST) {
      replies.append(text);
    }
  }
}
