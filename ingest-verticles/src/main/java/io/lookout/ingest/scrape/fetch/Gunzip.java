package io.lookout.ingest.scrape.fetch;

import io.lookout.model.ErrorCode;
import io.lookout.model.LookoutException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Decompresses an answer, and stops where it grows beyond a limit. */
final class Gunzip {
  private Gunzip() {}

  /**
   * @throws LookoutException for what is no gzip, ends early, or is larger than the limit
   */
  static byte[] apply(byte[] compressed, long limit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(compressed.length * 4);
    byte[] part = new byte[1 << 14];
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), 1 << 14)) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        if (out.size() + (long) n > limit) {
          throw Fetcher.tooLarge();
        }
        out.write(part, 0, n);
      }
    } catch (IOException e) {
      throw new LookoutException(ErrorCode.BAD_DATA, "gzip: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }
}
