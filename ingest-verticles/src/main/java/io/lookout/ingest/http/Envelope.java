package io.lookout.ingest.http;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.compress.Decompressor;
import io.lookout.model.LookoutException;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;

/** Where a request says how its content is compressed, and what stands around it in its body. */
public interface Envelope {
  /**
   * Content as it was sent, {@code bytes[0..length)}.
   *
   * @param coding how it is compressed
   */
  @SuppressWarnings("ArrayRecordComponent") // Used once and never compared.
  record Content(ContentCoding coding, byte[] bytes, int length) {
    long expectedLength() {
      return Decompressor.expectedLength(coding, bytes, length);
    }
  }

  /**
   * What the head says, before the body is read.
   *
   * @throws LookoutException {@code UNSUPPORTED_MEDIA_TYPE} for a coding that is not known
   */
  ContentCoding coding(HttpServerRequest request);

  /**
   * What is in the body. The content may stand in the body's bytes.
   *
   * @throws LookoutException {@code BAD_DATA} where something else than the content is wrong
   */
  Content open(ContentCoding coding, Body body);

  /** Header {@code Content-Encoding}, and nothing around the content. */
  static Envelope http(Set<ContentCoding> codings) {
    return new Envelope() {
      @Override
      public ContentCoding coding(HttpServerRequest request) {
        return ContentCoding.of(
            request.getHeader("Content-Encoding"), ContentCoding.IDENTITY, codings);
      }

      @Override
      public Content open(ContentCoding coding, Body body) {
        return new Content(coding, body.bytes(), body.length());
      }
    };
  }
}
