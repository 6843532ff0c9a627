package io.millrace.bench.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The Log4j configuration of child processes, as a file. */
final class ChildLogging {
  private static final String RESOURCE = "/io/millrace/bench/log4j2-child.xml";

  private ChildLogging() {}

  static Path in(Path folder) {
    Path file = folder.resolve("log4j2.xml");
    try (InputStream resource =
        Objects.requireNonNull(ChildLogging.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      Files.createDirectories(folder);
      Files.write(file, resource.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }
}
