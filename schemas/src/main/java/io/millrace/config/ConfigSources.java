package io.millrace.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads what surrounds the process: files, environment, system properties. */
final class ConfigSources {
  private static final String FILE = "millrace.properties";
  private static final String FILE_KEY = "millrace.config";

  private ConfigSources() {}

  static void into(Map<String, String> merged) {
    resource(merged);
    file(merged);
    System.getenv()
        .forEach(
            (name, value) -> {
              if (ConfigKeys.isVariable(name)) {
                merged.put(ConfigKeys.ofVariable(name), value);
              }
            });
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key instanceof String name && name.startsWith(ConfigKeys.OWN)) {
                merged.put(ConfigKeys.canonical(name), String.valueOf(value));
              }
            });
  }

  private static void resource(Map<String, String> merged) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (loader == null) {
      loader = ConfigSources.class.getClassLoader();
    }
    try (InputStream in = loader.getResourceAsStream(FILE)) {
      if (in != null) {
        read(new InputStreamReader(in, StandardCharsets.UTF_8), merged);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE + " from the class path", e);
    }
  }

  private static void file(Map<String, String> merged) {
    String named =
        firstOf(System.getProperty(FILE_KEY), System.getenv(ConfigKeys.variable(FILE_KEY)));
    Path file = Path.of(named == null ? FILE : named);
    if (named == null && !Files.isRegularFile(file)) {
      return;
    }
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read(in, merged);
    } catch (IOException e) {
      throw new InvalidConfigException(FILE_KEY, "names a file that cannot be read: " + file, e);
    }
  }

  private static void read(Reader in, Map<String, String> merged) throws IOException {
    Properties properties = new Properties();
    properties.load(in);
    properties.forEach(
        (key, value) -> merged.put(ConfigKeys.canonical(key.toString()), value.toString()));
  }

  private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }
}
