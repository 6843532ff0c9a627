package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChartFilesTest {
  private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void helm_finds_nothing_to_say_against_the_chart() {
    LintResult lint = Chart.helm().lint().strict().call();

    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
  }

  @Test
  void the_chart_is_for_the_version_that_is_built_here() throws IOException {
    Map<String, Object> chart = yaml("Chart.yaml");

    assertThat(Files.readString(Chart.FOLDER.resolve("pom.xml")))
        .contains("<version>" + chart.get("appVersion") + "</version>");
  }

  @Test
  void a_package_has_the_chart_and_not_its_tests(@TempDir Path folder) throws IOException {
    Chart.helm().packageIt().withDestination(folder).call();

    byte[] packed = Files.readAllBytes(folder.resolve("millrace-0.1.0.tgz"));
    String tar =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(),
            StandardCharsets.ISO_8859_1);
    assertThat(tar)
        .contains("millrace/templates/steps.yaml", "millrace/values.schema.json")
        .doesNotContain("millrace/pom.xml", "millrace/src", "millrace/target");
  }

  @Test
  void the_readme_explains_every_value() throws IOException {
    String readme = Files.readString(Chart.FOLDER.resolve("README.md"));

    assertThat(paths(yaml("values.yaml")))
        .hasSizeGreaterThan(80)
        .allSatisfy(path -> assertThat(readme).containsPattern("`" + path + "[`.]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Chart.yaml", "values.yaml", "values-example.yaml", "files/alerts.yaml"})
  void no_file_says_anything_twice(String file) throws IOException {
    assertThat(yaml(file)).isNotEmpty();
  }

  @Test
  void the_readme_says_nothing_twice() throws IOException {
    List<String> blocks =
        YAML_BLOCK
            .matcher(Files.readString(Chart.FOLDER.resolve("README.md")))
            .results()
            .map(block -> block.group(1))
            .toList();

    assertThat(blocks)
        .isNotEmpty()
        .allSatisfy(block -> assertThat((Object) StrictYaml.reader().load(block)).isNotNull());
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    return StrictYaml.reader().load(Files.readString(Chart.FOLDER.resolve(file)));
  }

  /** Names of values, two deep. */
  private static List<String> paths(Map<String, Object> values) {
    List<String> paths = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          paths.add(name);
          if (value instanceof Map<?, ?> inner && !name.endsWith("ontext")) {
            inner.keySet().forEach(key -> paths.add(name + "\\." + key));
          }
        });
    return paths;
  }
}
