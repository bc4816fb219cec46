package io.lookout.ingest.scrape.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whom a URL names. Read from the text: {@link URI} knows no host with an underscore, and
 * containers have such names.
 *
 * @param user and password, as they are meant
 * @param host without the brackets of an IPv6 address; empty where there is none
 * @param port -1 where there is none
 */
public record UrlAuthority(Optional<String> user, String host, int port) {
  /**
   * @throws IllegalArgumentException for a port that is no number
   */
  public static UrlAuthority of(URI url) {
    String text = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    int at = text.lastIndexOf('@');
    String place = text.substring(at + 1);
    int colon = place.lastIndexOf(':');
    int end = colon > place.lastIndexOf(']') ? colon : place.length();
    String host = place.substring(0, end);
    String port = place.substring(Math.min(place.length(), end + 1));
    return new UrlAuthority(
        at < 0 ? Optional.empty() : Optional.of(decoded(text.substring(0, at))),
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host,
        port.isEmpty() ? -1 : Integer.parseInt(port));
  }

  private static String decoded(String user) {
    return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
