package io.lookout.ingest.remotewrite;

import static io.lookout.ingest.protobuf.ProtoReader.VARINT;

import io.lookout.ingest.protobuf.ProtoReader;
import io.lookout.ingest.series.SeriesIndex;
import io.lookout.model.bus.MetricMetadata;

/**
 * The metadata of remote write 2.0, which comes with every series of every request. What was passed
 * on lately is not passed on again: a small table remembers it by its hash and forgets everything
 * once in a while, for storage that has been renewed. Not thread-safe.
 */
final class SymbolMetadata {
  private static final int SLOTS = 1 << 12;
  private static final int HASH_BYTES = 16;

  /** Requests after which everything is told again. */
  private static final int REPEAT = 500;

  private final SeriesIndex index;
  private final Symbols symbols;
  private final byte[] scratch = new byte[3 * HASH_BYTES + 1];
  private long[] told = new long[SLOTS];
  private int requests;

  SymbolMetadata(SeriesIndex index, Symbols symbols) {
    this.index = index;
    this.symbols = symbols;
  }

  void nextRequest() {
    if (++requests % REPEAT == 0) {
      told = new long[SLOTS];
    }
  }

  /**
   * Reads the message that begins with its length here. Metadata is not worth refusing samples for:
   * what makes no sense is passed over.
   *
   * @param metricName symbol of the series' metric name, or −1
   */
  void read(ProtoReader in, int metricName, Request request) {
    long type = 0;
    long help = 0;
    long unit = 0;
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case 1 << 3 | VARINT -> type = in.varint();
        case 3 << 3 | VARINT -> help = in.varint();
        case 4 << 3 | VARINT -> unit = in.varint();
        default -> in.skip(tag);
      }
    }
    in.leave(outer);
    if (metricName >= 0 && isSymbol(help) && isSymbol(unit)) {
      tell(metricName, type, (int) help, (int) unit, request);
    }
  }

  private boolean isSymbol(long reference) {
    return reference >= 0 && reference < symbols.size();
  }

  private void tell(int name, long type, int help, int unit, Request request) {
    boolean says = type != 0 || !symbols.isEmpty(help) || !symbols.isEmpty(unit);
    if (!says || !isNews(name, type, help, unit, request.salt)) {
      return;
    }
    String nameText = symbols.text(name);
    String helpText = symbols.text(help);
    String unitText = symbols.text(unit);
    if (nameText != null && helpText != null && unitText != null) {
      String typeText = MetadataReader.type(type);
      String family = family(nameText, typeText);
      request.batch().metadata(new MetricMetadata(family, typeText, helpText, unitText));
    }
  }

  private boolean isNews(int name, long type, int help, int unit, long salt) {
    symbols.copyHash(name, scratch, 0);
    symbols.copyHash(help, scratch, HASH_BYTES);
    symbols.copyHash(unit, scratch, 2 * HASH_BYTES);
    scratch[3 * HASH_BYTES] = (byte) type;
    long hash = index.hash(scratch, 0, scratch.length).getLeastSignificantBits() ^ salt;
    int slot = (int) hash & (SLOTS - 1);
    boolean news = told[slot] != hash;
    told[slot] = hash;
    return news;
  }

  /** Series of classic histograms and summaries carry their family's name with a suffix. */
  private static String family(String name, String type) {
    boolean parts =
        type.equals("histogram") || type.equals("summary") || type.equals("gaugehistogram");
    if (parts) {
      for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
        if (name.length() > suffix.length() && name.endsWith(suffix)) {
          return name.substring(0, name.length() - suffix.length());
        }
      }
    }
    return name;
  }
}
