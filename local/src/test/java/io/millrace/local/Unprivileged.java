package io.millrace.local;

import static java.nio.file.attribute.PosixFilePermissions.fromString;

import io.millrace.config.ProcessFailure;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * Starts the broker as a user without rights, because to root every folder is readable. If the
 * tests themselves do not run as root, their own user will do.
 */
final class Unprivileged implements AutoCloseable {

  private static final String NOBODY = "65534";

  private final Path base;
  private final String classPath;
  private final List<Path> folders = new ArrayList<>();

  private Unprivileged(Path base, String classPath) {
    this.base = base;
    this.classPath = classPath;
  }

  /**
   * Works below the folder, which gets readable for everybody, with a copy of what is needed to
   * start.
   */
  static Unprivileged in(Path base) throws Exception {
    Files.setPosixFilePermissions(base, fromString("rwxr-xr-x"));
    List<String> classPath = new ArrayList<>();
    for (Class<?> needed : List.of(BrokerMain.class, ProcessFailure.class, Logger.class)) {
      Path copy = base.resolve(needed.getSimpleName() + ".code");
      copyTree(codeOf(needed), copy);
      classPath.add(copy.toString());
    }
    return new Unprivileged(base, String.join(File.pathSeparator, classPath));
  }

  Path folder(String name, String permissions) throws IOException {
    Path folder = Files.createDirectory(base.resolve(name));
    Files.setPosixFilePermissions(folder, fromString(permissions));
    folders.add(folder);
    return folder;
  }

  /** Starts a broker that is expected to refuse the folder, and returns what it says. */
  String startBroker(Path folder) throws Exception {
    List<String> command = new ArrayList<>();
    if (Files.getOwner(base).getName().equals("root")) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.addAll(
        List.of(
            ChildProcess.java(),
            "-cp",
            classPath,
            BrokerMain.class.getName(),
            "--data",
            folder.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "exit " + process.waitFor() + ": " + said;
  }

  private static Path codeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path copy = Files.copy(each, each.equals(from) ? to : to.resolve(from.relativize(each)));
        Files.setPosixFilePermissions(
            copy, fromString(Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Path folder : folders) {
      Files.setPosixFilePermissions(folder, fromString("rwxr-xr-x"));
    }
  }
}
