package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartsTest {

  private final List<String> heard = new ArrayList<>();
  private final Parts parts = new Parts(new Recorder());

  @Test
  void parts_end_in_the_opposite_order_of_their_start() {
    add("broker");
    add("registry");

    parts.close();

    assertThat(heard)
        .containsExactly(
            "starting broker",
            "started broker at here",
            "starting registry",
            "started registry at here",
            "stopped registry",
            "stopped broker");
  }

  @Test
  void a_part_that_fails_to_start_closes_what_was_started() {
    add("broker");

    assertThatThrownBy(
            () ->
                parts.<AutoCloseable>start(
                    "registry",
                    () -> {
                      throw new IOException("no disk");
                    },
                    part -> ""))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("The registry did not start")
        .hasMessageContaining("no disk");

    assertThat(heard).endsWith("starting registry", "stopped broker");
  }

  @Test
  void a_failure_with_a_name_keeps_it() {
    PortInUseException named = new PortInUseException("the registry", "127.0.0.1", 8081, null);

    assertThatThrownBy(
            () ->
                parts.<AutoCloseable>start(
                    "registry",
                    () -> {
                      throw named;
                    },
                    part -> ""))
        .isSameAs(named);
  }

  @Test
  void one_that_cannot_be_closed_does_not_keep_the_others_open() {
    add("broker");
    parts.<AutoCloseable>start(
        "registry",
        () ->
            () -> {
              throw new IOException("stuck");
            },
        part -> "here");

    assertThatThrownBy(parts::close)
        .isInstanceOf(StackException.class)
        .hasMessageContaining("The registry did not stop in good order");

    assertThat(heard).endsWith("stopped broker");
  }

  private void add(String what) {
    parts.<AutoCloseable>start(what, () -> () -> {}, part -> "here");
  }

  private final class Recorder implements StackListener {
    @Override
    public void starting(String what) {
      heard.add("starting " + what);
    }

    @Override
    public void started(String what, String where, Duration took) {
      heard.add("started " + what + " at " + where);
    }

    @Override
    public void stopped(String what, Duration took) {
      heard.add("stopped " + what);
    }
  }
}
