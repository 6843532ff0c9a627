package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.IllegalNameException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStackTest {

  private final Path temp;

  LocalStackTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void each_part_is_reported_when_it_is_ready_with_its_address() {
    List<String> heard = new ArrayList<>();
    try (LocalStack stack =
        LocalStack.builder()
            .dataFolder(temp)
            .listener((what, where, took) -> heard.add(what + " at " + where))
            .start()) {
      assertThat(heard).contains("Kafka broker at " + stack.bootstrapServers());
    }

    assertThat(temp.resolve("broker")).isDirectory();
  }

  @Test
  void a_namespace_that_no_topic_may_have_is_refused_before_anything_starts() {
    assertThatThrownBy(() -> LocalStack.builder().namespace("a.b"))
        .isInstanceOf(IllegalNameException.class);
  }
}
