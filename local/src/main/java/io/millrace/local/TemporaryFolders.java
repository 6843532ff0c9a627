package io.millrace.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes folders that nobody needs any more. */
final class TemporaryFolders {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolders.class);

  private TemporaryFolders() {}

  /** Deletes the folder and what is in it; what cannot be deleted is left and logged. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn(
          "A temporary folder was not deleted; delete it by hand. folder={} cause={}",
          folder,
          e.toString());
    }
  }
}
