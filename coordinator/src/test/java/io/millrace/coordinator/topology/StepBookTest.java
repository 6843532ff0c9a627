package io.millrace.coordinator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.coordinator.codec.UnreadableRecordException;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.core.StepSpec;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StepBookTest {
  private final StepBook book = new StepBook(Limits.ofDefaults());

  @Test
  void S10_the_highest_version_of_a_step_is_the_one_in_the_graph() {
    book.read(Registrations.key(), Registrations.step(2, 5));
    book.read(Registrations.key(), Registrations.step(1, 7));

    StepSpec step = Objects.requireNonNull(book.get().step("w", "s"));
    assertThat(step.version()).isEqualTo(2);
    assertThat(book.get().accepting("w", "Ask")).containsExactly(step);
  }

  @Test
  void garbage_is_refused_and_changes_nothing() {
    book.read(Registrations.key(), Registrations.step(1, 5));

    assertThatThrownBy(() -> book.read(Registrations.key(), new byte[] {1, 2, 3}))
        .isInstanceOf(UnreadableRecordException.class);

    assertThat(book.get().knows("w")).isTrue();
  }

  @Test
  void a_record_without_a_value_takes_the_step_out() {
    book.read(Registrations.key(), Registrations.step(1, 5));

    book.read(Registrations.key(), null);

    assertThat(book.get().knows("w")).isFalse();
  }
}
