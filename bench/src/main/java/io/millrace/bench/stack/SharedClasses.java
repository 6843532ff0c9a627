package io.millrace.bench.stack;

import io.millrace.local.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An archive of loaded classes for the JVMs of a class path. A benchmark starts some thirty, and
 * most of the time that takes goes into loading the same classes. What is measured is the same with
 * and without it.
 */
final class SharedClasses {
  private SharedClasses() {}

  /**
   * Makes the archive unless it is newer than everything on the class path.
   *
   * @return options for the JVMs of a stack; none if the archive could not be made
   */
  static List<String> prepare(
      Path archive, StackOptions options, Path logging, Consumer<String> told)
      throws InterruptedException {
    try {
      if (!isCurrent(archive, options.classPath())) {
        told.accept(" making an archive of classes, once for each build");
        make(archive, options, logging);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + archive, e);
    }
    return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  private static boolean isCurrent(Path archive, String classPath) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(archive);
    for (String entry : Arrays.asList(classPath.split(File.pathSeparator))) {
      if (Files.getLastModifiedTime(Path.of(entry)).compareTo(made) > 0) {
        return false;
      }
    }
    return true;
  }

  private static void make(Path archive, StackOptions options, Path logging)
      throws IOException, InterruptedException {
    // Others may be using the one that is there.
    Path fresh =
        archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    ChildProcess rehearsal =
        new ChildProcess(
            "rehearsal",
            Rehearsal.class.getName(),
            List.of(),
            options.classPath(),
            List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-XX:ArchiveClassesAtExit=" + fresh),
            Map.of(),
            options.folder().resolve("logs").resolve("rehearsal.log"),
            logging);
    Process process = rehearsal.start();
    try {
      process.waitFor();
      if (Files.exists(fresh)) {
        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
