package io.millrace.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the base image has its small tools from: {@code images/static-busybox.sh}, with commands of
 * this test in front of the machine's own.
 */
@Timeout(60)
class StaticBusyboxScriptTest {
  private static final Path SCRIPT = Path.of("..", "images", "static-busybox.sh").toAbsolutePath();

  @TempDir Path temp = Path.of("");
  private Path commands = temp;
  private Path folder = temp;

  @BeforeEach
  void a_machine_whose_busybox_needs_libraries() throws IOException {
    commands = Files.createDirectory(temp.resolve("commands"));
    folder = Files.createDirectory(temp.resolve("folder"));
    command("busybox", "exit 0");
    command("ldd", "exit 0");
    command("dpkg-deb", "mkdir -p \"$3/bin\" && touch \"$3/bin/busybox\"");
  }

  @Test
  void a_busybox_of_the_machine_that_needs_no_libraries_is_taken_as_it_is() throws Exception {
    command("ldd", "exit 1");
    aptGet("exit 1");

    assertThat(run()).isEqualTo(commands.resolve("busybox").toString());
    assertThat(calls()).isEmpty();
  }

  @Test
  void lists_of_packages_that_are_there_are_used_as_they_are() throws Exception {
    aptGet("touch busybox-static_1.deb");

    assertThat(run()).endsWith("/folder/busybox/bin/busybox");
    assertThat(calls()).containsExactly("download");
  }

  @Test
  void a_machine_without_lists_of_packages_gets_them_once() throws Exception {
    aptGet(
        "case $1 in update) touch lists ;; *) [ -e lists ] && touch busybox-static_1.deb ;; esac");

    assertThat(run()).endsWith("/folder/busybox/bin/busybox");
    assertThat(calls()).containsExactly("download", "update", "download");
  }

  @Test
  void where_nothing_can_be_fetched_it_fails() throws Exception {
    aptGet("echo 'no network' >&2; exit 100");

    assertThat(start().waitFor()).isNotZero();
    assertThat(calls()).containsExactly("download", "update");
  }

  private void aptGet(String script) throws IOException {
    command("apt-get", "echo \"$1\" >> '" + temp.resolve("calls") + "'\n" + script);
  }

  private void command(String name, String script) throws IOException {
    Path file = Files.writeString(commands.resolve(name), "#!/bin/bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<String> calls() throws IOException {
    Path calls = temp.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** What it prints. */
  private String run() throws Exception {
    Process process = start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", SCRIPT.toString(), folder.toString()).redirectErrorStream(true);
    builder.environment().merge("PATH", commands.toString(), (old, mine) -> mine + ":" + old);
    return builder.start();
  }
}
