package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.protocol.TopicCreationException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger tries = new AtomicInteger();

  private String patient(Duration longest, RuntimeException first) throws InterruptedException {
    return new Patience(longest, closing)
        .until(
            "topics",
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw first;
              }
              return "created";
            });
  }

  private static TopicCreationException refused(RuntimeException cause) {
    return new TopicCreationException("a-topic", cause);
  }

  @Test
  void F1_a_worker_waits_for_brokers_that_are_missing_when_it_creates_its_topics()
      throws Exception {
    RuntimeException fenced = refused(new InvalidReplicationFactorException("brokers are fenced"));

    assertThat(patient(Duration.ofSeconds(30), fenced)).isEqualTo("created");
    assertThat(tries).hasValue(2);
  }

  @Test
  void F1_brokers_that_stay_missing_are_told_of_with_the_topic_and_the_reason() {
    RuntimeException fenced = refused(new InvalidReplicationFactorException("brokers are fenced"));

    assertThatThrownBy(() -> patient(Duration.ofNanos(1), fenced))
        .isInstanceOf(TopicCreationException.class)
        .hasMessageContainingAll("a-topic", "brokers are fenced");
  }

  @Test
  void F1_a_refusal_that_time_does_not_mend_is_told_of_at_once() {
    RuntimeException forbidden = refused(new TopicAuthorizationException("a-topic"));

    assertThatThrownBy(() -> patient(Duration.ofSeconds(30), forbidden)).isSameAs(forbidden);
    assertThat(tries).hasValue(1);
  }
}
