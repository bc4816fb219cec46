package io.lookout.app.tsdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a log in the order of writing: those of the last checkpoint, which stands for all
 * segments up to its number, and then the segments behind it.
 */
final class LogSegments {
  private static final Pattern SEGMENT = Pattern.compile("\\d{1,18}");
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint\\.(\\d{1,18})");

  private LogSegments() {}

  /** Empty where there is no such directory. */
  static List<Path> of(Path log) throws IOException {
    List<Path> files = new ArrayList<>();
    long behind = -1;
    Path checkpoint = log;
    for (Path child : children(log)) {
      Matcher name = CHECKPOINT.matcher(child.getFileName().toString());
      if (name.matches() && Long.parseLong(name.group(1)) > behind) {
        behind = Long.parseLong(name.group(1));
        checkpoint = child;
      }
    }
    if (behind >= 0) {
      files.addAll(segments(checkpoint, -1));
    }
    files.addAll(segments(log, behind));
    return files;
  }

  private static List<Path> segments(Path directory, long behind) throws IOException {
    return children(directory).stream()
        .filter(child -> SEGMENT.matcher(child.getFileName().toString()).matches())
        .filter(child -> Long.parseLong(child.getFileName().toString()) > behind)
        .toList();
  }

  /** Sorted by name: numbers have leading zeros. */
  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }
}
