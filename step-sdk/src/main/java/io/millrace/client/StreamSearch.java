package io.millrace.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where the reading of awaited streams begins: a little before their ends. Belongs to the
 * thread of the {@link TerminalWatcher}; answers come back to it as mail.
 */
final class StreamSearch {
  /** A step that has not heard of the end yet may write a little more after the terminal event. */
  private static final long LATE_WRITES = 100;

  private final StreamEnds ends;
  private final AwaitedStreams streams;
  private final Consumer<Runnable> mail;

  /**
   * @param mail takes what the watcher's thread is to run
   */
  StreamSearch(StreamEnds ends, AwaitedStreams streams, Consumer<Runnable> mail) {
    this.ends = ends;
    this.streams = streams;
    this.mail = mail;
  }

  /** One question for all that are new, or were not found when they were asked for. */
  void ask() {
    List<AwaitedStream> unknown = streams.toBeAskedFor();
    if (unknown.isEmpty()) {
      return;
    }
    unknown.forEach(AwaitedStream::asked);
    Map<TopicPartition, CompletableFuture<Long>> answers =
        ends.of(unknown.stream().map(AwaitedStream::partition).toList());
    for (AwaitedStream stream : unknown) {
      Objects.requireNonNull(answers.get(stream.partition()))
          .whenComplete((end, error) -> mail.accept(() -> answered(stream, end, error)));
    }
  }

  private void answered(AwaitedStream stream, @Nullable Long end, @Nullable Throwable error) {
    if (!streams.isAwaited(stream)) {
      return;
    }
    if (end != null) {
      stream.placeAt(Math.max(0, end - LATE_WRITES));
      return;
    }
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof RetriableException) {
      stream.notTold();
    } else {
      streams.giveUp(List.of(stream), new KafkaException("the broker refused to tell", cause));
    }
  }
}
