package io.millrace.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a running development stack leaves its addresses, so that the other commands in the same
 * folder find it without options. The file names the process that wrote it and is ignored once that
 * has ended.
 */
record StackFile(Path path) {
  private static final String PID = "pid";

  static StackFile inWorkingFolder() {
    return new StackFile(Path.of(".millrace", "stack.properties"));
  }

  void write(Map<String, String> config) {
    Properties properties = new Properties();
    properties.putAll(config);
    properties.setProperty(PID, String.valueOf(ProcessHandle.current().pid()));
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(path)) {
        properties.store(
            writer, "Addresses of the running millrace dev or demo; removed when it ends");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write " + path + "; run the command in a folder that can be written", e);
    }
  }

  /** Empty when there is no file, or the process that wrote it has ended. */
  Map<String, String> read() {
    if (!Files.isReadable(path)) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read " + path + "; remove it, or say --bootstrap-servers and --registry", e);
    }
    long pid = Long.parseLong(properties.getProperty(PID, "-1"));
    if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      return Map.of();
    }
    Map<String, String> config = new LinkedHashMap<>();
    properties.stringPropertyNames().stream()
        .filter(key -> !key.equals(PID))
        .forEach(key -> config.put(key, properties.getProperty(key)));
    return config;
  }

  /** Removes the file if this process wrote it. */
  void remove() {
    if (!read().isEmpty()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + path, e);
      }
    }
  }
}
