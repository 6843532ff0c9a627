package io.millrace.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to run in a process of its own: a Java main class.
 *
 * @param name what people call it, for instance {@code step retrieve}
 * @param classPath entries as for {@code java -cp}
 * @param jvm options for {@code java}, for instance {@code -Xmx160m}
 * @param environment added to this process's own
 * @param log where its output goes, appended
 * @param logging its Log4j configuration
 */
public record ChildProcess(
    String name,
    String mainClass,
    List<String> arguments,
    String classPath,
    List<String> jvm,
    Map<String, String> environment,
    Path log,
    Path logging) {
  public ChildProcess {
    arguments = List.copyOf(arguments);
    jvm = List.copyOf(jvm);
    environment = Map.copyOf(environment);
  }

  /**
   * Starts it.
   *
   * @throws UncheckedIOException if the process or its log file cannot be made
   */
  public Process start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dmillrace.process=" + name);
    command.add("-Dlog4j2.configurationFile=" + logging);
    command.add("-cp");
    command.add(classPath);
    command.add(mainClass);
    command.addAll(arguments);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + " with its log at " + log, e);
    }
  }
}
