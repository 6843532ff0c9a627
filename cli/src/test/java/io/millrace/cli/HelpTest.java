package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command's help is a page that stands alone, and docs/cli.md is all of them. */
class HelpTest {
  private static final Path PAGE = Path.of("..", "docs", "cli.md");
  private static final String WRITE =
      "./mvnw -q -Dquick -pl cli -am test -Dtest=HelpTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dcli.write=true";

  /** What they print is a script, a drawing, or a thing for people. */
  private static final Set<String> WITHOUT_DATA =
      Set.of("dev", "completion", "image", "coordinator", "step");

  static Stream<CommandLine> commands() {
    return below(Millrace.commandLine());
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .flatMap(each -> Stream.concat(Stream.of(each), below(each)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_a_description_examples_and_exit_codes(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();

    assertThat(usage.header()).as("one line for the list of commands").hasSize(1);
    assertThat(usage.header()[0]).endsWith(".").hasSizeLessThan(80);
    assertThat(usage.description()).isNotEmpty();
    assertThat(String.join("\n", usage.footer()))
        .as("examples")
        .contains("  " + command.getCommandSpec().qualifiedName());
    assertThat(usage.exitCodeList()).containsOnlyKeys("0", "1", "2");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_argument_and_option_says_what_it_is(CommandLine command) {
    List<ArgSpec> all = command.getCommandSpec().args();
    assertThat(all)
        .allSatisfy(
            arg -> assertThat(String.join("", arg.description())).as("%s", arg).isNotEmpty());
    if (!WITHOUT_DATA.contains(command.getCommandName())) {
      assertThat(command.getCommandSpec().optionsMap()).containsKeys("--json", "--debug");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void its_sections_stand_in_one_order_and_in_no_colour(CommandLine command) {
    String text = command.getUsageMessage(Ansi.OFF);
    List<Integer> places =
        Stream.of("Usage: ", "Options:", "Exit codes:", "Examples:").map(text::indexOf).toList();

    assertThat(places).isSorted().doesNotContain(-1);
    assertThat(text).doesNotContain("\u001b");
  }

  @Test
  void the_page_has_the_commands_below_commands_too() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("#### image coordinator", "Usage: millrace image step ");
  }

  @Test
  void the_page_of_the_documentation_is_what_help_says() throws IOException {
    String text = CliPage.text(WRITE);
    if (Boolean.getBoolean("cli.write")) {
      Files.writeString(PAGE, text);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/cli.md is not of today; write it with%n%s", WRITE)
        .isEqualTo(text);
  }

  @Test
  void the_completion_script_completes_commands_and_options() throws Exception {
    String script = Said.when("completion").out();

    assertThat(completed(script, "millrace", "dead")).contains("dead-letters");
    assertThat(completed(script, "millrace", "runs", "--st")).contains("--status");
    assertThat(completed(script, "millrace", "runs", "--status", "")).contains("STALLED");
    assertThat(completed(script, "millrace", "graph", "--format", "")).contains("mermaid", "dot");
  }

  private static String completed(String script, String... words) throws Exception {
    Path file = Files.createTempFile("millrace", ".bash");
    try {
      Files.writeString(file, script);
      String line =
          "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_millrace; echo \"${COMPREPLY[@]}\""
              .formatted(
                  file,
                  String.join(" ", Arrays.stream(words).map(w -> "'" + w + "'").toList()),
                  words.length - 1);
      Process bash = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
      String said =
          new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(bash.waitFor()).as(said).isZero();
      return said;
    } finally {
      Files.delete(file);
    }
  }
}
