package io.lookout.app.differential;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer as it came over the wire to a request that was sent as it stands, which clients of
 * libraries would not always do.
 *
 * @param headers by name in lower case; several of a name are joined by commas
 * @param body without transfer and content encoding
 */
record RawExchange(int status, Map<String, String> headers, String body) {
  private static final Logger LOG = LoggerFactory.getLogger(RawExchange.class);
  private static final int ATTEMPTS = 4;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final String ENCODING = "content-encoding";

  /**
   * Sends a request on a connection of its own. A server that closes before it has read a body that
   * it does not want may take its answer with it: it is asked again.
   */
  static RawExchange of(URI server, ApiRequest request) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return send(server, request);
      } catch (SocketException e) {
        LOG.debug("{} on {}, attempt {}", server, request, attempt, e);
      }
    }
    return send(server, request);
  }

  private static RawExchange send(URI server, ApiRequest request) throws IOException {
    byte[] body = request.body().getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(server.getAuthority()).append("\r\nConnection: close\r\n");
    request.headers().forEach(header -> head.append(header).append("\r\n"));
    if (body.length > 0 || request.method().equals("POST")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  private static RawExchange parse(byte[] bytes) throws IOException {
    InputStream in = new ByteArrayInputStream(bytes);
    String first = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.merge(
          parts[0].toLowerCase(Locale.ROOT), parts[1].strip(), (one, other) -> one + ", " + other);
    }
    byte[] body =
        "chunked".equals(headers.get("transfer-encoding")) ? chunks(in) : in.readAllBytes();
    if ("gzip".equals(headers.get(ENCODING))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    int status = Integer.parseInt(first.split(" ", 3)[1]);
    return new RawExchange(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int size = Integer.parseInt(line(in), 16);
    while (size > 0) {
      all.write(in.readNBytes(size));
      line(in);
      size = Integer.parseInt(line(in), 16);
    }
    return all.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** The headers of these names that there are, and those that speak of other origins. */
  Map<String, String> only(List<String> names) {
    Map<String, String> some = new TreeMap<>(headers);
    some.keySet().removeIf(name -> !names.contains(name) && !name.startsWith("access-control-"));
    return some;
  }
}
