package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong now = new AtomicLong();
  private final RateLimit rate = new RateLimit(2, now::get);

  @Test
  void a_caller_may_do_half_as_much_again_at_once_and_then_waits_for_the_rate() {
    for (int i = 0; i < 3; i++) {
      assertThat(rate.take("a")).isEmpty();
    }
    assertThat(rate.take("a")).hasValue(1);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertThat(rate.take("a")).isEmpty();
    assertThat(rate.take("a")).isPresent();
  }

  @Test
  void callers_do_not_share_a_bucket() {
    for (int i = 0; i < 4; i++) {
      rate.take("a");
    }
    assertThat(rate.take("b")).isEmpty();
  }

  @Test
  void a_long_rest_saves_up_no_more_than_the_bucket_holds() {
    now.addAndGet(TimeUnit.HOURS.toNanos(1));
    int taken = 0;
    while (rate.take("a").isEmpty()) {
      taken++;
    }
    assertThat(taken).isEqualTo(3);
  }
}
