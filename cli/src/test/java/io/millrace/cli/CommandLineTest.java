package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person sees who gets it wrong: exit code 2 for usage, 1 for failure, one message, no stack
 * trace.
 */
class CommandLineTest {
  private static final String BROKER_WAIT = "millrace.broker.wait.ms";

  /** Where nobody listens, nobody will within the test. */
  @BeforeAll
  static void waitShortly() {
    System.setProperty(BROKER_WAIT, "1000");
  }

  @AfterAll
  static void waitAsUsual() {
    System.clearProperty(BROKER_WAIT);
  }

  @Test
  void an_unknown_command_is_a_usage_error_that_shows_what_there_is() {
    Said said = run("strat");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("'strat'").contains("start").contains("`millrace --help`");
  }

  @Test
  void help_lists_every_command() {
    Said said = run("--help");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains(
            "demo",
            "dev",
            "start",
            "tail",
            "send",
            "cancel",
            "redrive",
            "inspect",
            "image",
            "Exit codes");
  }

  @Test
  void every_command_has_help() {
    for (String command : Millrace.commandLine().getSubcommands().keySet()) {
      Said said = run(command, "--help");
      assertThat(said.code()).as(command).isZero();
      assertThat(said.out()).as(command).contains("Usage: millrace " + command);
    }
  }

  @Test
  void an_image_of_nothing_is_a_usage_error_that_says_of_what_there_are() {
    Said said = run("image");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("coordinator or step");
  }

  @Test
  void an_image_without_docker_is_a_failure_that_says_so(@TempDir Path folder) throws IOException {
    Path jar = Files.writeString(folder.resolve("grind.jar"), "");
    System.setProperty("millrace.home", Path.of("..").toAbsolutePath().normalize().toString());
    Said said =
        run("image", "step", jar.toString(), "--tag", "grind", "--docker", "no-such-docker");
    System.clearProperty("millrace.home");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("no-such-docker").contains("Docker, which must be installed");
  }

  @Test
  void a_start_event_that_is_not_json_is_a_usage_error_that_quotes_it() {
    Said said = run("start", "rag", "{question: ");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("not JSON").contains("{question: ").doesNotContain("\tat ");
  }

  @Test
  void a_duration_that_is_none_is_a_usage_error_with_examples() {
    Said said = run("start", "rag", "{}", "--timeout", "soon");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--timeout 'soon'").contains("30s");
  }

  @Test
  void a_missing_broker_is_a_failure_that_names_the_address() throws IOException {
    int nobodyListens = freePort();
    Said said = run("inspect", "some-run", "-b", "127.0.0.1:" + nobodyListens);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("127.0.0.1:" + nobodyListens).doesNotContain("\tat ");
  }

  @Test
  void E5_a_redrive_without_a_run_is_a_usage_error_and_without_a_broker_a_failure()
      throws IOException {
    Said missing = run("redrive", "--execution", "x1");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("RUN");
    int nobodyListens = freePort();
    Said alone = run("redrive", "r1", "--execution", "x1", "-b", "127.0.0.1:" + nobodyListens);
    assertThat(alone.code()).isEqualTo(1);
    assertThat(alone.err()).contains("127.0.0.1:" + nobodyListens).doesNotContain("\tat ");
  }

  @Test
  void a_stack_trace_is_shown_when_asked_for() throws IOException {
    Said said = run("inspect", "some-run", "--debug", "-b", "127.0.0.1:" + freePort());
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("\tat io.millrace");
  }

  @Test
  void a_run_id_that_cannot_be_is_refused_by_name() {
    Said said = run("start", "rag", "{}", "--run-id", "a.b");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("a.b");
  }

  @Test
  void a_cursor_that_is_none_is_a_usage_error() {
    Said said = run("tail", "some-run", "--from", "yesterday");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("yesterday").contains("start, now");
  }

  @Test
  void an_unreadable_folder_of_documents_is_a_usage_error(@TempDir Path folder) {
    Said missing = run("demo", "--folder", folder.resolve("nothing-here").toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).contains("nothing-here").contains("text or Markdown");
    Said empty = run("demo", "--folder", folder.toString());
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("is empty");
  }

  @Test
  void a_port_in_use_is_a_failure_that_names_the_port() throws IOException {
    System.setProperty("millrace.home", Path.of("..").toAbsolutePath().normalize().toString());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Said said = run("dev", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err()).contains(String.valueOf(taken.getLocalPort())).doesNotContain("\tat ");
    }
  }

  @Test
  void an_http_port_that_cannot_be_used_is_a_usage_error_that_names_it() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Said said = run("dev", "--http-port", port);
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("--http-port " + port).contains("say another");
    }
    assertThat(run("dev", "--http-port", "0").err()).contains("must be from 1 to 65535");
  }

  @Test
  void an_unknown_example_is_a_usage_error_that_lists_them() {
    Said said = run("dev", "--example", "rga");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("rga").contains("rag");
  }

  @Test
  void the_benchmarks_are_listed_with_what_they_measure() {
    Said said = run("bench", "--list");
    assertThat(said.code()).isZero();
    assertThat(said.out().lines()).anyMatch(line -> line.matches("hop +time per step .*"));
  }

  @Test
  void an_unknown_benchmark_is_a_usage_error_that_lists_them() {
    Said said = run("bench", "--only", "hop,hopp");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("hopp").contains("hop, ");
  }

  @Test
  void the_file_of_a_stack_whose_process_has_ended_is_ignored(@TempDir Path folder)
      throws IOException {
    StackFile file = new StackFile(folder.resolve("stack.properties"));
    Files.writeString(file.path(), "pid=999999999\nbootstrap.servers=127.0.0.1:1\n");
    assertThat(file.read()).isEmpty();
  }

  @Test
  void the_file_of_a_running_stack_gives_its_addresses(@TempDir Path folder) {
    StackFile file = new StackFile(folder.resolve("stack.properties"));
    file.write(java.util.Map.of("bootstrap.servers", "127.0.0.1:1234"));
    assertThat(file.read())
        .containsOnly(java.util.Map.entry("bootstrap.servers", "127.0.0.1:1234"));
    file.remove();
    assertThat(file.path()).doesNotExist();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static Said run(String... arguments) {
    return Said.when(arguments);
  }
}
