package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartOptionsTest {
  @Test
  void a_timeout_that_no_record_can_tell_of_is_refused_where_it_is_said() {
    assertThatThrownBy(
            () -> StartOptions.ofDefaults().withTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at most");
    assertThat(StartOptions.ofDefaults().withTimeout(Duration.ofMillis(Long.MAX_VALUE)).timeout())
        .isPresent();
  }
}
