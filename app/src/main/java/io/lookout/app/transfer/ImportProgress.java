package io.lookout.app.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What of an import has been acknowledged, in a small file: the same command goes on from there.
 */
final class ImportProgress {
  /**
   * How far it is.
   *
   * @param part such as a block; all parts before it are done
   * @param done of the part
   */
  record Place(String part, long done) {}

  private final Path file;

  ImportProgress(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /**
   * Where the import ended before, if it did.
   *
   * @throws ImportException where the file says something else
   */
  Optional<Place> read() throws IOException, ImportException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] words = Files.readString(file).strip().split(" ");
    if (words.length != 2 || !words[1].matches("-?\\d{1,18}")) {
      throw new ImportException(file + " does not say how far it is; delete it to begin anew");
    }
    return Optional.of(new Place(words[0], Long.parseLong(words[1])));
  }

  /** Notes it in one step. */
  void note(Place place) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, place.part() + " " + place.done() + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
  }
}
