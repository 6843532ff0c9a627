package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ClientClosedException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TerminalWatcherTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ScriptedStreams streams = new ScriptedStreams();
  private final TerminalWatcher watcher =
      new TerminalWatcher(streams, new StreamTails(streams::consumer));

  @AfterEach
  void close() {
    watcher.close();
  }

  private CompletableFuture<Boolean> wait(String topic, int epoch, Duration bound) {
    CompletableFuture<Boolean> seen = new CompletableFuture<>();
    watcher.await(topic, epoch, Deadline.in(bound), seen);
    return seen;
  }

  private CompletableFuture<Boolean> wait(String topic) {
    return wait(topic, 0, LONG);
  }

  /** Another stream was read after everything that was done before. */
  private void aRoundPasses() {
    String topic = "round" + streams.questions.size();
    streams.make(topic, 0);
    streams.terminal(topic, 0);
    assertThat(wait(topic).join()).isTrue();
  }

  @Test
  void a_wait_ends_when_the_terminal_event_is_on_the_stream() {
    streams.make("a", 3);
    CompletableFuture<Boolean> seen = wait("a");
    aRoundPasses();
    assertThat(seen).isNotDone();

    streams.terminal("a", 0);

    assertThat(seen.join()).isTrue();
  }

  @Test
  void the_terminal_event_of_an_earlier_epoch_is_history() {
    streams.make("a", 0);
    streams.terminal("a", 0);
    CompletableFuture<Boolean> redriven = wait("a", 1, LONG);

    assertThat(wait("a", 0, LONG).join()).isTrue();
    assertThat(redriven).isNotDone();
    streams.terminal("a", 1);

    assertThat(redriven.join()).isTrue();
  }

  @Test
  void many_waits_share_one_consumer() {
    List<String> topics = IntStream.range(0, 200).mapToObj(i -> "t" + i).toList();
    topics.forEach(topic -> streams.make(topic, 2));
    List<CompletableFuture<Boolean>> seen = topics.stream().map(this::wait).toList();

    topics.forEach(topic -> streams.terminal(topic, 0));

    assertThat(seen).allSatisfy(each -> assertThat(each.join()).isTrue());
    assertThat(streams.made).hasSize(1);
  }

  @Test
  void only_the_last_records_of_a_long_stream_are_read() {
    streams.make("a", 1_000);
    streams.terminal("a", 0);

    assertThat(wait("a").join()).isTrue();
    assertThat(streams.made.get(0).soughtTo).containsEntry("a", 901L);
  }

  @Test
  void a_stream_that_is_not_there_yet_is_asked_for_again_and_holds_up_no_other() {
    CompletableFuture<Boolean> late = wait("late");
    aRoundPasses();
    assertThat(late).isNotDone();

    streams.make("late", 0);
    streams.terminal("late", 0);

    assertThat(late.join()).isTrue();
  }

  @Test
  void a_stream_that_stays_missing_is_asked_for_less_and_less() {
    assertThat(wait("missing", 0, Duration.ofSeconds(2)).join()).isFalse();

    // After 0, 20, 60, 140, 300, 620, 1120 and 1620 ms; every 20 ms it would be a hundred.
    assertThat(streams.questions).hasSizeBetween(2, 8);
  }

  @Test
  void a_wait_whose_time_is_up_ends_without() {
    streams.make("silent", 1);

    assertThat(wait("silent", 0, Duration.ofMillis(50)).join()).isFalse();
    assertThat(wait("missing", 0, Duration.ofMillis(50)).join()).isFalse();
  }

  @Test
  void a_stream_that_the_broker_refuses_to_show_ends_its_waits_only() {
    streams.make("refused", 1);
    streams.make("a", 1);
    CompletableFuture<Boolean> refused = wait("refused");
    CompletableFuture<Boolean> other = wait("a");
    aRoundPasses();

    streams.failure.set(new TopicAuthorizationException(Set.of("refused")));

    assertThat(refused.join()).isFalse();
    streams.terminal("a", 0);
    assertThat(other.join()).isTrue();
    assertThat(streams.made).hasSize(1);
  }

  @Test
  void a_stream_whose_end_the_broker_refuses_to_tell_ends_its_waits_only() {
    streams.make("a", 1);
    streams.refusals.put("refused", new TopicAuthorizationException(Set.of("refused")));
    CompletableFuture<Boolean> other = wait("a");

    assertThat(wait("refused").join()).isFalse();
    streams.terminal("a", 0);
    assertThat(other.join()).isTrue();
  }

  @Test
  void after_a_failure_of_the_consumer_another_is_made() {
    streams.make("a", 1);
    CompletableFuture<Boolean> unlucky = wait("a");
    aRoundPasses();

    streams.failure.set(new KafkaException("broken"));

    assertThat(unlucky.join()).isFalse();
    aRoundPasses();
    assertThat(streams.made).hasSize(2);
    assertThat(streams.made.get(0).closed()).isTrue();
  }

  @Test
  void a_wait_that_is_cancelled_is_read_for_no_more_and_no_thread_stays() {
    streams.make("a", 1);

    wait("a").cancel(false);

    await().until(() -> !watcher.isAtWork());
    aRoundPasses();
    assertThat(streams.made).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void closing_ends_all_waits_and_the_consumer() {
    streams.make("a", 1);
    CompletableFuture<Boolean> reading = wait("a");
    CompletableFuture<Boolean> missing = wait("missing");
    aRoundPasses();

    watcher.close();

    assertThat(reading.join()).isFalse();
    assertThat(missing.join()).isFalse();
    assertThat(streams.made.get(0).closed()).isTrue();
    assertThatThrownBy(() -> wait("a")).isInstanceOf(ClientClosedException.class);
  }
}
