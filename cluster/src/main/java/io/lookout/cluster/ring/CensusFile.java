package io.lookout.cluster.ring;

import io.lookout.model.bus.KnownNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The census on disk, so that it outlives a restart of the whole cluster: a line for each node, its
 * time, {@code known} or {@code forgotten}, and its name.
 */
record CensusFile(Path path) {
  private static final String FORGOTTEN = "forgotten";

  /**
   * What the file says; lines that are none of its own are passed over.
   *
   * @return empty where there is no file
   */
  List<KnownNode> read() throws IOException {
    List<KnownNode> nodes = new ArrayList<>();
    if (Files.exists(path)) {
      for (String line : Files.readAllLines(path)) {
        String[] parts = line.split(" ", 3);
        if (parts.length == 3 && parts[0].matches("\\d{1,18}") && !parts[2].isEmpty()) {
          nodes.add(new KnownNode(parts[2], Long.parseLong(parts[0]), parts[1].equals(FORGOTTEN)));
        }
      }
    }
    return nodes;
  }

  void write(List<KnownNode> nodes) throws IOException {
    List<String> lines =
        nodes.stream()
            .map(node ->
                node.heard() + " " + (node.forgotten() ? FORGOTTEN : "known") + " " + node.id())
            .toList();
    Path draft = path.resolveSibling(path.getFileName() + ".next");
    Files.write(draft, lines);
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
