package io.millrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder for a command's files: a given one, or a temporary one that is removed at the end. */
final class WorkFolder implements AutoCloseable {
  private final Path path;
  private volatile boolean kept;

  private WorkFolder(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  static WorkFolder of(@Nullable Path given) {
    try {
      return given == null
          ? new WorkFolder(Files.createTempDirectory("millrace-"), false)
          : new WorkFolder(Files.createDirectories(given).toAbsolutePath(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + (given == null ? "" : given), e);
    }
  }

  Path path() {
    return path;
  }

  /** Something went wrong: it stays. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the temporary folder " + path, e);
    }
  }
}
