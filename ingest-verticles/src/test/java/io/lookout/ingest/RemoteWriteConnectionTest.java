package io.lookout.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lookout.ingest.remotewrite.Prompb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Remote write over connections that do what no HTTP client would. */
class RemoteWriteConnectionTest {
  private TestNode node;

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            """
            scrape.self: false
            ingest.body.limit: 100KiB
            ingest.body.timeout: 500ms
            """);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static byte[] up() throws IOException {
    long time = TestNode.NOW.toEpochMilli();
    return Snappy.compress(
        Prompb.request(Prompb.series(List.of(Prompb.sample(time, 42)), "__name__", "up"))
            .toByteArray());
  }

  @Test
  void refusesBodiesAboveTheLimitByTheirAnnouncedLength() throws Exception {
    String answer =
        raw(
            "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000000\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));

    assertThat(answer).startsWith("HTTP/1.1 413").contains("limit of 102400 bytes");
  }

  @Test
  void givesUpOnSlowSenders() throws Exception {
    String answer =
        raw(
            "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc"
                .getBytes(StandardCharsets.US_ASCII));

    assertThat(answer).startsWith("HTTP/1.1 503").contains("only 3 bytes of it");
    assertThat(node.gauge("lookout.ingest.inflight.bytes")).isZero();
  }

  @Test
  void asksForTheBodyOfASenderThatWaitsToBeAsked() throws Exception {
    byte[] body = up();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      String head =
          "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] asked = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertThat(new String(asked, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100");
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 204".length());
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 204");
    }
  }

  @Test
  void survivesConnectionsThatAreCut() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      String head = "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      await().until(() -> node.gauge("lookout.ingest.inflight.bytes") > 0);
    }
    await().untilAsserted(() -> assertThat(node.gauge("lookout.ingest.inflight.bytes")).isZero());
    assertThat(raw(request(up()))).startsWith("HTTP/1.1 204");
  }

  private static byte[] request(byte[] body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head =
        "POST /api/v1/write HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** Sends these bytes and reads until the server closes the connection. */
  private String raw(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
