package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that the demo answers from. */
final class DemoFolder {
  private DemoFolder() {}

  /**
   * The folder asked for, else the project's own.
   *
   * @throws UsageException if it is not a folder that can be read
   */
  static Path checked(Optional<Path> asked) {
    Path folder =
        asked
            .orElseGet(() -> Path.of(System.getProperty("millrace.home", ".")))
            .toAbsolutePath()
            .normalize();
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "--folder " + folder + " is not a folder; name one that holds text or Markdown files");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isEmpty()) {
        throw new UsageException(
            "--folder " + folder + " is empty; name one that holds text or Markdown files");
      }
    } catch (IOException e) {
      throw new UsageException(
          "--folder "
              + folder
              + " cannot be read ("
              + e.getMessage()
              + "); check its permissions or name another");
    }
    return folder;
  }
}
