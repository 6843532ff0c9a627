package io.millrace.cli;

import io.millrace.bench.stack.StackOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The built project's jars as the class path of a benchmark's processes. */
final class BenchJars {
  private BenchJars() {}

  /** The same options if there is no built project, as in a test run from classes. */
  static StackOptions used(StackOptions options) {
    String home = System.getProperty("millrace.home");
    Path target = Path.of(home == null ? "" : home).resolve("cli/target");
    Path libraries = target.resolve("lib");
    if (!Files.isDirectory(libraries)) {
      return options;
    }
    try (Stream<Path> jars = Files.list(libraries)) {
      String classPath =
          jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
      Path archive = target.resolve("bench-" + Runtime.version().feature() + ".jsa");
      return options.withClassPath(classPath, archive);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + libraries, e);
    }
  }
}
