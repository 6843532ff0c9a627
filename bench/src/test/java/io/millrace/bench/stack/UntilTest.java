package io.millrace.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UntilTest {
  private static final Until LONG = new Until(Duration.ofHours(1), Duration.ZERO);
  private static final Until NO_TIME = new Until(Duration.ZERO, Duration.ofHours(1));

  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void it_looks_until_what_it_sees_is_right_and_no_longer() throws Exception {
    int seen = LONG.last(looks::incrementAndGet, number -> number == 3);

    assertThat(seen).isEqualTo(3);
    assertThat(looks).hasValue(3);
  }

  @Test
  void when_time_is_up_what_was_seen_last_is_told() throws Exception {
    assertThat(NO_TIME.last(looks::incrementAndGet, number -> number == 3)).isEqualTo(1);
    assertThatThrownBy(
            () ->
                NO_TIME.await(
                    looks::incrementAndGet,
                    number -> number == 3,
                    last -> "only " + last + " of 3"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("only 2 of 3");
  }

  @Test
  void what_is_right_at_once_needs_no_time() {
    assertThatCode(() -> NO_TIME.await(looks::incrementAndGet, number -> number == 1, last -> ""))
        .doesNotThrowAnyException();
  }
}
