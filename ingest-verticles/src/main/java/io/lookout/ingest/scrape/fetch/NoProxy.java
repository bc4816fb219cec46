package io.lookout.ingest.scrape.fetch;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that are reached without a proxy, as {@code NO_PROXY} lists them: {@code *}; addresses and
 * networks ({@code 10.0.0.0/8}); domains ({@code example.com} with what is below it, {@code
 * .example.com} and {@code *.example.com} only what is below); each but a network with a port where
 * only that counts. This machine itself ({@code localhost}, loopback addresses) always is.
 */
record NoProxy(List<Entry> entries) {
  /**
   * @param bits of the address that count; -1 where {@code name} is a domain
   * @param port 0 for any
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Entry(String name, byte @Nullable [] address, int bits, int port) {
    boolean matches(String host, byte @Nullable [] hostAddress, int hostPort) {
      if (port != 0 && port != hostPort) {
        return false;
      }
      if (address != null) {
        return hostAddress != null && isWithin(hostAddress, address, bits);
      }
      return name.equals("*")
          || (name.startsWith(".")
              ? host.endsWith(name)
              : host.equals(name) || host.endsWith("." + name));
    }
  }

  static NoProxy of(List<String> texts) {
    List<Entry> entries = new ArrayList<>();
    for (String text : texts) {
      String plain = text.strip().toLowerCase(Locale.ROOT);
      if (!plain.isEmpty()) {
        entries.add(entry(plain));
      }
    }
    return new NoProxy(entries);
  }

  private static Entry entry(String text) {
    int slash = text.indexOf('/');
    byte[] network = slash < 0 ? null : address(text.substring(0, slash));
    if (network != null) {
      return new Entry(text, network, number(text.substring(slash + 1), network.length * 8), 0);
    }
    byte[] whole = address(text);
    if (whole != null) {
      return new Entry(text, whole, whole.length * 8, 0);
    }
    int colon = text.lastIndexOf(':');
    int port = colon < 0 ? 0 : number(text.substring(colon + 1), 65_535);
    String host = colon < 0 || port == 0 ? text : text.substring(0, colon);
    byte[] single = address(host);
    String domain = host.startsWith("*.") ? host.substring(1) : host;
    return new Entry(domain, single, single == null ? -1 : single.length * 8, port);
  }

  /** A whole number up to {@code most}; 0 for anything else. */
  private static int number(String text, int most) {
    try {
      int number = Integer.parseInt(text);
      return number >= 0 && number <= most ? number : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  boolean contains(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    byte[] address = address(name);
    return name.equals("localhost")
        || (address != null && isLoopback(address))
        || entries.stream().anyMatch(entry -> entry.matches(name, address, port));
  }

  private static byte @Nullable [] address(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return NetUtil.createByteArrayFromIpAddressString(
        bracketed ? host.substring(1, host.length() - 1) : host);
  }

  private static boolean isLoopback(byte[] address) {
    if (address.length == 4) {
      return address[0] == 127;
    }
    for (int i = 0; i < 15; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[15] == 1;
  }

  private static boolean isWithin(byte[] address, byte[] network, int bits) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 1 << (7 - bit % 8);
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
