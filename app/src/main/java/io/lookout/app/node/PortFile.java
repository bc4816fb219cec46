package io.lookout.app.node;

import io.lookout.app.node.LookoutNode.Ports;
import io.lookout.cluster.settings.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeMap;

/**
 * Tells scripts and tests which ports were taken: {@code http=40001}, {@code gateway=40002}, and
 * those of single protocols by their settings, {@code otlp.grpc.listen=40003}.
 */
final class PortFile {
  private PortFile() {}

  /**
   * @param file empty for none
   * @throws StartException where it cannot be written
   */
  static void write(String file, Ports ports) {
    if (file.isEmpty()) {
      return;
    }
    Path path = Path.of(file).toAbsolutePath();
    try {
      Path draft = path.resolveSibling(path.getFileName() + ".tmp");
      Files.writeString(draft, text(ports));
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StartException("cannot write node.port.file " + path + ": " + e, e);
    }
  }

  private static String text(Ports ports) {
    StringBuilder text = new StringBuilder();
    line(text, "http", ports.http());
    ports.gateway().ifPresent(gateway -> line(text, "gateway", gateway));
    new TreeMap<>(ports.others()).forEach((setting, address) -> line(text, setting, address));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, HostPort address) {
    text.append(name).append('=').append(address.port()).append('\n');
  }
}
