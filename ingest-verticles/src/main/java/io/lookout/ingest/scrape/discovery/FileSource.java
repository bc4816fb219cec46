package io.lookout.ingest.scrape.discovery;

import io.lookout.ingest.scrape.config.Discovery;
import io.lookout.ingest.scrape.config.Discovery.TargetGroup;
import io.lookout.ingest.scrape.config.TargetGroups;
import io.lookout.model.Labels;
import io.lookout.model.LookoutException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists of targets in files. Looks every second whether one has changed, at the target of symbolic
 * links, which is how mounted ConfigMaps change. What a file said last counts while it cannot be
 * read; what it said goes with the file.
 */
final class FileSource implements TargetSource {
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);
  private static final long LOOK_MILLIS = 1000;
  private static final String FILE_LABEL = "__meta_filepath";

  private final Vertx vertx;
  private final Discovery.Files config;
  private final Map<Path, Version> versions = new HashMap<>();
  private long timer = -1;
  private boolean looking;
  private boolean told;

  private record Version(FileTime time, long size, List<TargetGroup> groups) {}

  FileSource(Vertx vertx, Discovery.Files config) {
    this.vertx = vertx;
    this.config = config;
  }

  @Override
  public void start(Consumer<List<TargetGroup>> listener) {
    long refresh = Math.max(1, config.refresh().toMillis());
    timer = vertx.setPeriodic(Math.min(LOOK_MILLIS, refresh), id -> look(listener));
    look(listener);
  }

  private void look(Consumer<List<TargetGroup>> listener) {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(this::readChanged, false)
        .onFailure(failure -> LOG.warn("Cannot look for discovery files: {}", failure.toString()))
        .onComplete(done -> {
          looking = false;
          if (done.succeeded() && (done.result() || !told) && timer >= 0) {
            told = true;
            listener.accept(groups());
          }
        });
  }

  private List<TargetGroup> groups() {
    return versions.values().stream().flatMap(version -> version.groups().stream()).toList();
  }

  /** Whether anything has changed. On a worker; one at a time. */
  private boolean readChanged() {
    boolean changed = false;
    TreeSet<Path> files = new TreeSet<>();
    config.patterns().forEach(pattern -> files.addAll(matching(pattern)));
    for (Path file : files) {
      changed |= read(file);
    }
    return versions.keySet().retainAll(files) || changed;
  }

  private boolean read(Path file) {
    @Nullable Version known = versions.get(file);
    try {
      FileTime time = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      if (known != null && known.time.equals(time) && known.size == size) {
        return false;
      }
      List<TargetGroup> before = known == null ? List.of() : known.groups;
      versions.put(file, new Version(time, size, parse(file, before)));
      return true;
    } catch (IOException e) {
      LOG.warn("Cannot read discovery file {}: {}", file, e.toString());
      return false;
    }
  }

  private static List<TargetGroup> parse(Path file, List<TargetGroup> before) throws IOException {
    try {
      List<TargetGroup> groups = new ArrayList<>();
      for (TargetGroup group : TargetGroups.read(file.toString(), Files.readString(file))) {
        Labels labels = group.labels().toBuilder().set(FILE_LABEL, file.toString()).build();
        groups.add(new TargetGroup(group.source(), labels, group.targets()));
      }
      return groups;
    } catch (LookoutException e) {
      LOG.warn("Discovery file is not taken, what it said before still counts: {}", e.getMessage());
      return before;
    }
  }

  private static List<Path> matching(Path pattern) {
    Path directory = pattern.getParent();
    String name = String.valueOf(pattern.getFileName());
    List<Path> files = new ArrayList<>();
    if (directory == null || !Files.isDirectory(directory)) {
      return files;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, name)) {
      found.forEach(files::add);
    } catch (IOException e) {
      LOG.warn("Cannot list {}: {}", directory, e.toString());
    }
    return files;
  }

  @Override
  public void stop() {
    vertx.cancelTimer(timer);
    timer = -1;
  }
}
