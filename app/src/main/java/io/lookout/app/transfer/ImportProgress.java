package io.lookout.app.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern LINE = Pattern.compile("(\\S+) (-?\\d{1,18})");

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
    Matcher line = LINE.matcher(Files.readString(file).strip());
    if (!line.matches()) {
      throw new ImportException(file + " does not say how far it is; delete it to begin anew");
    }
    return Optional.of(new Place(line.group(1), Long.parseLong(line.group(2))));
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
