package io.lookout.ingest.remotewrite;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes what a request of remote write 1.0 says as one of 2.0, with a table of symbols. */
public final class Prompb2 {
  private final List<String> symbols = new ArrayList<>(List.of(""));

  private Prompb2() {}

  /** A part of a message. */
  private interface Part {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] bytes(Part part) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      part.to(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The request; the metadata of 1.0 is left out. */
  public static byte[] request(Message version1) {
    Prompb2 request = new Prompb2();
    byte[] series =
        bytes(out -> {
          for (Message each : Prompb.list(version1, "timeseries")) {
            out.writeByteArray(5, request.series(each));
          }
        });
    byte[] table =
        bytes(out -> {
          for (String symbol : request.symbols) {
            out.writeString(4, symbol);
          }
        });
    return bytes(out -> {
      out.writeRawBytes(table);
      out.writeRawBytes(series);
    });
  }

  private byte[] series(Message series) {
    return bytes(out -> {
      labels(series, out);
      for (Message sample : Prompb.list(series, "samples")) {
        out.writeMessage(2, sample);
      }
      for (Message histogram : Prompb.list(series, "histograms")) {
        out.writeMessage(3, histogram);
      }
      for (Message exemplar : Prompb.list(series, "exemplars")) {
        out.writeByteArray(4, exemplar(exemplar));
      }
    });
  }

  private byte[] exemplar(Message exemplar) {
    return bytes(out -> {
      labels(exemplar, out);
      out.writeDouble(2, (double) Prompb.get(exemplar, "value"));
      out.writeInt64(3, (long) Prompb.get(exemplar, "timestamp"));
    });
  }

  private void labels(Message message, CodedOutputStream out) throws IOException {
    List<Message> labels = Prompb.list(message, "labels");
    byte[] references =
        bytes(packed -> {
          for (Message label : labels) {
            packed.writeUInt32NoTag(symbol((String) Prompb.get(label, "name")));
            packed.writeUInt32NoTag(symbol((String) Prompb.get(label, "value")));
          }
        });
    out.writeByteArray(1, references);
  }

  private int symbol(String text) {
    int known = symbols.indexOf(text);
    if (known >= 0) {
      return known;
    }
    symbols.add(text);
    return symbols.size() - 1;
  }
}
