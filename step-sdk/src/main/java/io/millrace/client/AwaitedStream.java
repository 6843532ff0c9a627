package io.millrace.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * One stream on which somebody awaits a terminal event. Belongs to the thread of the {@link
 * TerminalWatcher}.
 *
 * <pre>
 * to be asked for --asked--> asked --its end is told--> placed: is read from there
 *        ^------not told in time---|
 * </pre>
 */
final class AwaitedStream {
  /**
   * A refusal to tell may come at once: the broker is not to be asked without a pause, and Kafka's
   * client logs an error for each topic that is not there.
   */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  /** A result may come later by as much if its stream appears late. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /**
   * @param seen told true when the terminal event of this epoch or a later one is there, false when
   *     that cannot be expected any more; done before by a caller who waits no longer
   */
  record Wait(int epoch, Deadline deadline, CompletableFuture<Boolean> seen) {}

  private final TopicPartition partition;
  private final List<Wait> waits = new ArrayList<>();
  private OptionalLong from = OptionalLong.empty();
  private Deadline nextQuestion = Deadline.in(Duration.ZERO);
  private Duration pause = FIRST_PAUSE;
  private boolean asked;
  private int epochSeen = -1;

  AwaitedStream(TopicPartition partition) {
    this.partition = partition;
  }

  TopicPartition partition() {
    return partition;
  }

  /** What was read already is not read again for a later caller. */
  void add(Wait wait) {
    waits.add(wait);
    saw(epochSeen);
  }

  boolean isAwaited() {
    return !waits.isEmpty();
  }

  boolean isToBeAskedFor() {
    return !isPlaced() && !asked && nextQuestion.passed();
  }

  void asked() {
    asked = true;
    nextQuestion = Deadline.in(pause);
  }

  /** It is asked for again, after a pause that is twice as long as the last one. */
  void notTold() {
    asked = false;
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  void placeAt(long offset) {
    from = OptionalLong.of(offset);
  }

  boolean isPlaced() {
    return from.isPresent();
  }

  /** Where reading begins. */
  long from() {
    return from.orElseThrow();
  }

  void saw(int epoch) {
    epochSeen = Math.max(epochSeen, epoch);
    waits.stream().filter(wait -> wait.epoch() <= epochSeen).forEach(w -> w.seen().complete(true));
    dropSettled();
  }

  /** Ends the waits whose time is up. */
  void expire() {
    waits.stream().filter(wait -> wait.deadline().passed()).forEach(w -> w.seen().complete(false));
    dropSettled();
  }

  void giveUp() {
    waits.forEach(wait -> wait.seen().complete(false));
    dropSettled();
  }

  void fail(RuntimeException cause) {
    waits.forEach(wait -> wait.seen().completeExceptionally(cause));
    dropSettled();
  }

  private void dropSettled() {
    waits.removeIf(wait -> wait.seen().isDone());
  }
}
