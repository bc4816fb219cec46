package io.lookout.app.node;

import io.lookout.app.node.LookoutNode.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells scripts and tests which ports were taken: {@code http=40001}, {@code gateway=40002}. */
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
    return "http="
        + ports.http().port()
        + "\n"
        + ports.gateway().map(gateway -> "gateway=" + gateway.port() + "\n").orElse("");
  }
}
