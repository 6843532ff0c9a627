package io.millrace.bench.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the processes of a stack are started.
 *
 * @param folder logs and data
 * @param classPath of every child
 * @param archive where the class path's loaded classes are kept, so that JVMs start sooner; empty:
 *     nowhere, as for a class path with folders
 * @param jvm options for every child, added to what its kind has; {@code {name}} stands for the
 *     process
 * @param broker Kafka's server properties
 * @param settings {@code millrace.*} and Kafka client settings for coordinator, workers and client
 */
public record StackOptions(
    Path folder,
    String classPath,
    Optional<Path> archive,
    List<String> jvm,
    Map<String, String> broker,
    Map<String, String> settings) {
  public StackOptions {
    jvm = List.copyOf(jvm);
    broker = Map.copyOf(broker);
    settings = Map.copyOf(settings);
  }

  /** Children have the class path of this JVM. */
  public static StackOptions in(Path folder) {
    return new StackOptions(
        folder,
        System.getProperty("java.class.path"),
        Optional.empty(),
        List.of(),
        Map.of(),
        Map.of());
  }

  /** For a second stack: a folder inside this one's. */
  public StackOptions named(String name) {
    return new StackOptions(folder.resolve(name), classPath, archive, jvm, broker, settings);
  }

  /** For children of another class path, of jars only. */
  public StackOptions withClassPath(String jars, Path keptIn) {
    return new StackOptions(folder, jars, Optional.of(keptIn), jvm, broker, settings);
  }

  public StackOptions withJvm(List<String> options) {
    return new StackOptions(folder, classPath, archive, options, broker, settings);
  }

  public StackOptions withBroker(String property, String value) {
    return new StackOptions(
        folder, classPath, archive, jvm, plus(broker, property, value), settings);
  }

  /** The broker writes every record to disk before it acknowledges it. */
  public StackOptions withFsync() {
    return withBroker("log.flush.interval.messages", "1");
  }

  public StackOptions with(String key, String value) {
    return new StackOptions(folder, classPath, archive, jvm, broker, plus(settings, key, value));
  }

  private static Map<String, String> plus(Map<String, String> to, String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(to);
    more.put(key, value);
    return more;
  }
}
