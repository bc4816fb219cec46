package io.lookout.cluster.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes directories whose names are on the disk too: what is forced to disk in a directory whose
 * own name is not is lost with it when the machine fails.
 */
public final class NewDirectories {
  private static final Logger LOG = LoggerFactory.getLogger(NewDirectories.class);

  private NewDirectories() {}

  /** Makes the names in a directory durable. */
  @FunctionalInterface
  public interface Names {
    void force(Path directory) throws IOException;
  }

  /**
   * Makes the directory and those that it is in, as far as they are missing.
   *
   * @throws IOException where one cannot be made, or its name not be forced to disk
   */
  public static void make(Path directory, Names names) throws IOException {
    Path missing = directory.toAbsolutePath().normalize();
    if (Files.isDirectory(missing)) {
      return;
    }
    Path parent = missing.getParent();
    if (parent != null) {
      make(parent, names);
    }
    Files.createDirectories(missing);
    if (parent != null) {
      force(parent, names);
    }
  }

  private static void force(Path parent, Names names) throws IOException {
    try {
      names.force(parent);
    } catch (AccessDeniedException e) {
      LOG.warn("{} may not be read: that its new directory is on the disk is not known", parent, e);
    }
  }
}
