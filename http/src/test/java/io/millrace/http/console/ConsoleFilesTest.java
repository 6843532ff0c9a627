package io.millrace.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFilesTest {
  private static final Pattern IMPORT = Pattern.compile("from '\\./([^']*)'");
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"console/([^\"]*)\"");

  private final ConsoleFiles files = new ConsoleFiles();

  @Test
  void whatever_a_file_asks_for_is_there() {
    Deque<String> open = new ArrayDeque<>(List.of(ConsoleFiles.INDEX));
    Set<String> seen = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      String name = open.pop();
      if (seen.add(name)) {
        String text = text(name);
        Pattern asks = name.endsWith(".html") ? ASSET : IMPORT;
        asks.matcher(text).results().forEach(match -> open.push(match.group(1)));
      }
    }
    assertThat(seen).contains("main.js", "console.css", "boot.js", "run.js", "layout.js");
  }

  @Test
  void the_page_has_nothing_that_its_policy_forbids() {
    assertThat(text(ConsoleFiles.INDEX)).doesNotContain("<style", "style=", "onclick", "http:");
    assertThat(ConsoleFiles.POLICY).doesNotContain("unsafe", "*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../HttpApi.class",
        "ConsoleFiles.class",
        "none.js",
        "main.js/",
        "/main.js",
        "package-info.class",
        "main.JS",
        "%6dain.js"
      })
  void nothing_else_is_found(String name) {
    assertThat(files.find(name)).isEmpty();
  }

  private String text(String name) {
    return new String(
        files.find(name).orElseThrow(() -> new AssertionError("no file " + name)).bytes(),
        StandardCharsets.UTF_8);
  }
}
