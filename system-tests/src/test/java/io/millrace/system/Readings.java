package io.millrace.system;

import io.millrace.RunHandle;
import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.system.tally.Reading;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one run puts on its stream, read while it happens: each sack once, in any order, after what
 * a given-up try has shown is forgotten.
 */
final class Readings {
  private final int sacks;

  /** Of each execution what its newest try has shown. */
  private final Map<String, List<Integer>> shown = new LinkedHashMap<>();

  private final CompletableFuture<@Nullable Void> complete = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private StreamOptions next = StreamOptions.fromStart();
  private @Nullable StreamedEvent last;

  /**
   * @param sacks that are to be shown
   */
  Readings(int sacks) {
    this.sacks = sacks;
  }

  /** Reads in a thread of its own until the stream ends. */
  Readings follow(RunHandle<Tally> run) {
    Thread reader = new Thread(() -> read(run), "stream of " + run.runId());
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  private void read(RunHandle<Tally> run) {
    try {
      Load.insist(
          () -> {
            run.streamEvents(next).forEach(this::take);
            return true;
          });
      ended.complete(null);
    } catch (RuntimeException | AssertionError e) {
      complete.completeExceptionally(e);
      ended.completeExceptionally(e);
    }
  }

  synchronized void take(StreamedEvent event) {
    last = event;
    StreamCursor after = event.cursor();
    next = StreamOptions.from(after);
    if (event.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED) {
      shown.remove(event.executionId());
    } else if (event.is(Reading.class)) {
      shown
          .computeIfAbsent(event.executionId(), execution -> new ArrayList<>())
          .add(event.as(Reading.class).number());
    }
    if (new HashSet<>(numbers()).size() == sacks) {
      complete.complete(null);
    }
  }

  /** Waits until every sack was shown; false if that took too long. */
  boolean awaitComplete(Duration patience) {
    return waited(complete, patience);
  }

  /** Waits for the end of the stream; then what is wrong with it. */
  Optional<String> problem(Duration patience) {
    if (!waited(ended, patience)) {
      return Optional.of("its stream does not end, and shows the sacks " + numbers());
    }
    return problem();
  }

  /** What is wrong with what was shown. */
  synchronized Optional<String> problem() {
    if (last == null || !last.isTerminal()) {
      return Optional.of("the last event of its stream is " + last);
    }
    List<Integer> numbers = numbers();
    return numbers.equals(IntStream.range(0, sacks).boxed().toList())
        ? Optional.empty()
        : Optional.of("its stream shows the sacks " + numbers);
  }

  private synchronized List<Integer> numbers() {
    return shown.values().stream().flatMap(List::stream).sorted().toList();
  }

  private static boolean waited(CompletableFuture<@Nullable Void> future, Duration patience) {
    try {
      future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new AssertionError("its stream could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
