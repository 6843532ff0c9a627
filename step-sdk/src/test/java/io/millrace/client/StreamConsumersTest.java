package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class StreamConsumersTest {
  private static final Duration FETCH = Duration.ofMillis(100);

  private final AtomicLong now = new AtomicLong();
  private final List<Consumer<byte[], byte[]>> made = new ArrayList<>();
  private final StreamConsumers consumers = new StreamConsumers(this::make, FETCH, now::get);

  private Consumer<byte[], byte[]> make() {
    Consumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    made.add(consumer);
    return consumer;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void a_consumer_whose_last_fetch_may_be_under_way_is_not_lent() {
    consumers.lend().end();

    consumers.lend().end();

    assertThat(made).hasSize(2);
  }

  @Test
  void a_consumer_that_has_rested_for_a_fetch_is_lent_again() {
    consumers.lend().end();
    pass(FETCH);

    assertThat(consumers.lend().consumer()).isSameAs(made.get(0));
  }

  @Test
  void who_rests_longest_is_lent_first() {
    StreamConsumers.Lease one = consumers.lend();
    StreamConsumers.Lease other = consumers.lend();
    other.end();
    pass(FETCH.dividedBy(2));
    one.end();
    pass(FETCH.dividedBy(2));

    assertThat(consumers.lend().consumer()).isSameAs(other.consumer());
    assertThat(consumers.lend().consumer()).isNotSameAs(one.consumer());
  }

  @Test
  void a_consumer_that_failed_is_not_lent_again() {
    StreamConsumers.Lease failed = consumers.lend();
    failed.spoil();
    failed.end();
    pass(FETCH);

    assertThat(consumers.lend().consumer()).isNotSameAs(failed.consumer());
  }
}
