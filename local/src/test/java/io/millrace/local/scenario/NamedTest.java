package io.millrace.local.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test method whose name begins with the id of a behaviour or a law.
 *
 * @param module the folder that has it, relative to the project
 * @param testClass simple name
 * @param sentence the rest of its name
 */
record NamedTest(String module, String testClass, String id, String sentence) {
  private static final String ID = "[A-Z]\\d+|law_\\d+";

  private static final Pattern BEGIN = Pattern.compile("(" + ID + ")_");

  private static final Pattern METHOD =
      Pattern.compile("\\bvoid\\s+((" + ID + ")_\\w+)\\s*\\(", Pattern.UNICODE_CHARACTER_CLASS);

  static String id(String name) {
    Matcher id = BEGIN.matcher(name);
    return id.lookingAt() ? id.group(1) : "";
  }

  static String sentence(String name) {
    return name.substring(id(name).length() + 1).replace('_', ' ');
  }

  /** All of the project's, by module, class and sentence. */
  static List<NamedTest> of(Path project) {
    try (Stream<Path> modules = Files.list(project)) {
      return modules
          .filter(module -> Files.isDirectory(tests(module)))
          .flatMap(NamedTest::ofModule)
          .sorted(
              Comparator.comparing(NamedTest::module)
                  .thenComparing(NamedTest::testClass)
                  .thenComparing(NamedTest::sentence))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path tests(Path module) {
    return module.resolve(Path.of("src", "test", "java"));
  }

  private static Stream<NamedTest> ofModule(Path module) {
    try (Stream<Path> files = Files.walk(tests(module))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> ofFile(module.getFileName().toString(), file))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<NamedTest> ofFile(String module, Path file) {
    String testClass = file.getFileName().toString().replace(".java", "");
    return METHOD
        .matcher(read(file))
        .results()
        .map(found -> new NamedTest(module, testClass, found.group(2), sentence(found.group(1))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
