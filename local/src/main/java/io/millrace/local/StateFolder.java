package io.millrace.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a coordinator keeps what it can build again from its topics; a temporary one goes away at
 * close.
 */
record StateFolder(Path path, boolean temporary) implements AutoCloseable {

  static StateFolder open(@Nullable Path wanted) {
    if (wanted != null) {
      return new StateFolder(wanted.toAbsolutePath().normalize(), false);
    }
    try {
      return new StateFolder(Files.createTempDirectory("millrace-coordinator-"), true);
    } catch (IOException e) {
      throw new UncheckedIOException("Creating a temporary folder for the coordinator's state", e);
    }
  }

  @Override
  public void close() {
    if (temporary) {
      TemporaryFolders.delete(path);
    }
  }
}
