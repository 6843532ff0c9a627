package io.millrace.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for a command's files: a given one, or a temporary one that is removed at the end.
 * Thread-safe.
 */
final class WorkFolder implements AutoCloseable {
  private final Path path;
  private volatile boolean kept;

  private WorkFolder(Path path, boolean kept) {
    this.path = path;
    this.kept = kept;
  }

  /**
   * A temporary one.
   *
   * @param option that gives the command a folder instead
   */
  static WorkFolder temporary(String option) {
    try {
      return new WorkFolder(Files.createTempDirectory("millrace-"), false);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make a temporary folder; say " + option + " FOLDER", e);
    }
  }

  /** A given one, which whoever uses it checks and makes. */
  static WorkFolder kept(Path given) {
    return new WorkFolder(given, true);
  }

  /** A given one, made if it is not there. */
  static WorkFolder made(Path given) {
    try {
      return kept(Files.createDirectories(given).toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + given, e);
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
