package io.lookout.ingest.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lookout.ingest.compress.ContentCoding;
import io.lookout.ingest.decode.TestBatches;
import io.lookout.ingest.http.Body;
import io.lookout.ingest.http.Envelope.Content;
import io.lookout.model.LookoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GrpcEnvelopeTest {
  private static Content open(ContentCoding coding, int... body) {
    byte[] bytes = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      bytes[i] = (byte) body[i];
    }
    return new GrpcEnvelope().open(coding, new Body(bytes, bytes.length));
  }

  @Test
  void messageStandsBehindItsLength() {
    Content content = open(ContentCoding.GZIP, 0, 0, 0, 0, 2, 7, 8);

    assertThat(content.coding()).isEqualTo(ContentCoding.IDENTITY);
    assertThat(Arrays.copyOf(content.bytes(), content.length())).containsExactly(7, 8);
    assertThat(open(ContentCoding.GZIP, 1, 0, 0, 0, 1, 9).coding()).isEqualTo(ContentCoding.GZIP);
    assertThat(open(ContentCoding.IDENTITY, 0, 0, 0, 0, 0).length()).isZero();
  }

  @Test
  void whatIsNoSingleMessageIsRefused() {
    refused("no whole message", 0, 0, 0);
    refused("cut after 1", 0, 0, 0, 0, 2, 7);
    refused("of 4294967295 bytes is cut", 0, 255, 255, 255, 255, 7);
    refused("more than one message", 0, 0, 0, 0, 1, 7, 0, 0, 0, 0, 0);
    refused("flag 2", 2, 0, 0, 0, 1, 7);
    refused("no grpc-encoding", 1, 0, 0, 0, 1, 7);
  }

  private static void refused(String why, int... body) {
    assertThatThrownBy(() -> open(ContentCoding.IDENTITY, body))
        .isInstanceOf(LookoutException.class)
        .hasMessageContaining(why);
  }

  @Test
  void textsOfStatusesAreEncoded() {
    assertThat(GrpcReply.percentEncoded("50% größer\n")).isEqualTo("50%25 gr%C3%B6%C3%9Fer%0A");
  }

  @Test
  void survivesWhateverItIsGiven() {
    GrpcEnvelope envelope = new GrpcEnvelope();
    TestBatches.fuzz(
        new byte[] {1, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6},
        11,
        20_000,
        bytes -> envelope.open(ContentCoding.GZIP, new Body(bytes, bytes.length)));
  }
}
