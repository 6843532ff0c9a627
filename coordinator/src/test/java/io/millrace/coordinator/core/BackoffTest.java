package io.millrace.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.StepSpec.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void E1_the_delay_grows_by_its_multiplier_up_to_its_maximum() {
    RetryPolicy policy = policy(3.0, Duration.ofSeconds(10), 0, null);

    assertThat(Backoff.delay(policy, failed(0))).isEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.delay(policy, failed(1))).isEqualTo(Duration.ofSeconds(3));
    assertThat(Backoff.delay(policy, failed(2))).isEqualTo(Duration.ofSeconds(9));
    assertThat(Backoff.delay(policy, failed(3))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void E1_jitter_is_a_share_of_the_delay_and_follows_from_the_execution_and_attempt() {
    RetryPolicy policy = policy(1.0, null, 0.25, null);
    for (int failures = 0; failures < 50; failures++) {
      OpenExecution execution = failed(failures);
      double share = Ids.jitter(execution.id(), execution.attempt());

      assertThat((double) Backoff.delay(policy, execution).toMillis())
          .isCloseTo(1000 + 250 * share, within(0.5));
    }
  }

  @Test
  void E1_no_delay_is_negative_and_none_is_longer_than_a_year() {
    RetryPolicy wild = policy(10.0, null, 5.0, null);

    for (int failures = 0; failures < 400; failures++) {
      assertThat(Backoff.delay(wild, failed(failures)))
          .isBetween(Duration.ZERO, Duration.ofDays(365));
    }
  }

  @Test
  void E1_as_many_attempts_are_made_as_the_policy_says() {
    RetryPolicy three = policy(1.0, null, 0, null);

    assertThat(Backoff.allows(three, failed(0), BEGIN)).isTrue();
    assertThat(Backoff.allows(three, failed(1), BEGIN)).isTrue();
    assertThat(Backoff.allows(three, failed(2), BEGIN)).isFalse();
  }

  @Test
  void E1_no_attempt_begins_after_maxElapsed() {
    RetryPolicy minute = policy(1.0, null, 0, Duration.ofMinutes(1));

    assertThat(Backoff.allows(minute, failed(0), BEGIN.plusSeconds(60))).isTrue();
    assertThat(Backoff.allows(minute, failed(0), BEGIN.plusMillis(60_001))).isFalse();
  }

  @Test
  void E1_jitter_is_spread_evenly_from_minus_one_to_one() {
    double least = 0;
    double most = 0;
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      double jitter = Ids.jitter("execution-" + i, i % 7);
      assertThat(jitter).isBetween(-1.0, 1.0);
      least = Math.min(least, jitter);
      most = Math.max(most, jitter);
      sum += jitter;
    }
    assertThat(least).isLessThan(-0.99);
    assertThat(most).isGreaterThan(0.99);
    assertThat(sum / 2_000).isCloseTo(0, within(0.05));
  }

  private static RetryPolicy policy(
      double multiplier, @Nullable Duration most, double jitter, @Nullable Duration maxElapsed) {
    return new RetryPolicy(3, Duration.ofSeconds(1), multiplier, most, jitter, maxElapsed);
  }

  private static OpenExecution failed(int failures) {
    Event event = RunFixture.event("e", "Work");
    OpenExecution execution =
        Phases.opened("x", "work", event, Lineage.ROOT, Entry.Input.EVENT, BEGIN);
    for (int i = 0; i < failures; i++) {
      execution = Phases.failed(execution, RunFixture.BOOM, BEGIN);
    }
    return execution;
  }
}
