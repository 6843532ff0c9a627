package io.millrace.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadTest {
  private final BlockingQueue<CompletableFuture<String>> begun = new LinkedBlockingQueue<>();
  private final Set<Long> numbers = ConcurrentHashMap.newKeySet();

  private CompletableFuture<String> begin(long number) {
    CompletableFuture<String> operation = new CompletableFuture<>();
    numbers.add(number);
    begun.add(operation);
    return operation;
  }

  @Test
  void as_many_are_in_flight_as_was_said_and_the_next_begins_when_one_ends() throws Exception {
    Load load = Load.start(this::begin, 2);
    CompletableFuture<String> first = begun.take();
    CompletableFuture<String> second = begun.take();
    assertThat(load.ended()).isZero();

    first.complete("done");
    CompletableFuture<String> third = begun.take();

    assertThat(load.ended()).isEqualTo(1);
    assertThat(begun).isEmpty();
    assertThat(numbers).hasSize(3);
    second.complete("done");
    third.complete("done");
    begun.take().complete("done");
  }

  @Test
  void when_it_is_closed_all_that_were_begun_have_ended() throws Exception {
    Load load = Load.start(number -> begin(number).completeAsync(() -> "done"), 8);
    begun.take();

    load.close();

    assertThat(load.ended()).isEqualTo(numbers.size()).isPositive();
    assertThat(begun).allMatch(CompletableFuture::isDone);
  }

  @Test
  void a_failure_of_one_is_thrown_to_whoever_asks_and_no_other_begins() throws Exception {
    Load load = Load.start(this::begin, 2);
    CompletableFuture<String> first = begun.take();
    CompletableFuture<String> second = begun.take();

    first.completeExceptionally(new IllegalStateException("7 instead of 8"));

    assertThatThrownBy(load::ended).hasMessageContaining("7 instead of 8");
    second.complete("done");
    assertThatThrownBy(load::close).hasMessageContaining("7 instead of 8");
    assertThat(numbers).hasSize(2);
  }

  @Test
  void what_cannot_even_begin_is_a_failure_too() throws Exception {
    CountDownLatch tried = new CountDownLatch(1);
    Load load =
        Load.start(
            number -> {
              tried.countDown();
              throw new IllegalStateException("nobody takes runs");
            },
            4);

    tried.await();

    assertThatThrownBy(load::close).hasMessageContaining("nobody takes runs");
  }
}
