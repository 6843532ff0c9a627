package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.OutcomeSummary;
import io.millrace.StreamCursor;
import io.millrace.StreamedEvent;
import io.millrace.system.tally.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingsTest {
  private final Readings readings = new Readings(2);

  @Test
  void each_sack_once_in_any_order_is_right() {
    take(shown("b", 1), shown("a", 0), end());

    assertThat(readings.problem()).isEmpty();
  }

  @Test
  void what_a_given_up_try_has_shown_does_not_count() {
    take(shown("a", 0), shown("b", 1), restarted("a"), shown("a", 0), end());

    assertThat(readings.problem()).isEmpty();
  }

  @Test
  void a_sack_that_is_shown_twice_is_found() {
    take(shown("a", 0), shown("b", 1), shown("a", 0), end());

    assertThat(readings.problem()).contains("its stream shows the sacks [0, 0, 1]");
  }

  @Test
  void a_sack_that_is_not_shown_again_after_its_try_was_given_up_is_found() {
    take(shown("a", 0), shown("b", 1), restarted("a"), end());

    assertThat(readings.problem()).contains("its stream shows the sacks [1]");
  }

  @Test
  void an_empty_stream_is_found() {
    take(end());

    assertThat(readings.problem()).contains("its stream shows the sacks []");
    assertThat(readings.awaitComplete(Duration.ZERO)).isFalse();
  }

  @Test
  void a_stream_that_does_not_end_with_its_end_is_found() {
    take(shown("a", 0), shown("b", 1));

    assertThat(readings.problem().orElseThrow()).startsWith("the last event of its stream is");
    assertThat(readings.problem(Duration.ZERO).orElseThrow()).contains("does not end");
    assertThat(readings.awaitComplete(Duration.ZERO)).isTrue();
  }

  private void take(StreamedEvent... events) {
    for (StreamedEvent event : events) {
      readings.take(event);
    }
  }

  private static StreamedEvent shown(String execution, int number) {
    return new Shown(StreamedEvent.Kind.EVENT, execution, new Reading(number, 1));
  }

  private static StreamedEvent restarted(String execution) {
    return new Shown(StreamedEvent.Kind.ATTEMPT_RESTARTED, execution, null);
  }

  private static StreamedEvent end() {
    return new Shown(StreamedEvent.Kind.TERMINAL, "", null);
  }

  private record Shown(StreamedEvent.Kind kind, String executionId, @Nullable Reading reading)
      implements StreamedEvent {
    @Override
    public String type() {
      return "Reading";
    }

    @Override
    public String runId() {
      return "run";
    }

    @Override
    public StreamCursor cursor() {
      return new StreamCursor(0);
    }

    @Override
    public Optional<String> eventId() {
      return Optional.empty();
    }

    @Override
    public String step() {
      return "weigh";
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public Instant timestamp() {
      return Instant.EPOCH;
    }

    @Override
    public boolean is(Class<?> eventClass) {
      return eventClass.isInstance(reading);
    }

    @Override
    public <E> E as(Class<E> eventClass) {
      return eventClass.cast(Objects.requireNonNull(reading));
    }

    @Override
    public Optional<Object> event() {
      return Optional.ofNullable(reading);
    }

    @Override
    public String json() {
      return "{}";
    }

    @Override
    public Optional<OutcomeSummary> outcome() {
      return Optional.empty();
    }
  }
}
