package io.lookout.app.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources lie, whichever directory the tests were started in. */
public final class Repository {
  public static final Path ROOT = findRoot();

  private Repository() {}

  public static Path file(String path) {
    return ROOT.resolve(path);
  }

  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findRoot() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("LICENSE"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests were not started inside the repository");
      }
      directory = parent;
    }
    return directory;
  }
}
