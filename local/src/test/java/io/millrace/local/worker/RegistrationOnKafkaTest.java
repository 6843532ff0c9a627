package io.millrace.local.worker;

import static io.millrace.local.worker.Mill.WORKFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.Step;
import io.millrace.StepWorker;
import io.millrace.StopEvent;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.protocol.StepRegistration;
import io.millrace.registry.IncompatibleSchemaException;
import io.millrace.serde.ProtocolCodec;
import io.millrace.worker.StepConflictException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@MillraceTest(coordinator = false, namespacePer = MillraceTest.Scope.METHOD)
class RegistrationOnKafkaTest {
  record Grain(int sacks) implements Event {}

  record Malt(int sacks) implements Event {}

  record Flour(int bags) implements StopEvent {}

  static final class Grind {
    @Step
    public Flour grind(Grain grain) {
      return new Flour(grain.sacks());
    }
  }

  static final class GrindMalt {
    @Step
    public Flour grind(Malt malt) {
      return new Flour(malt.sacks());
    }
  }

  /** The next program of the same step, whose event gained a field that old data lacks. */
  static final class Next {
    record Grain(int sacks, String origin) implements Event {}

    @Step
    public Flour grind(Grain grain) {
      return new Flour(grain.sacks());
    }
  }

  private static StepWorker worker(LocalMillrace millrace, Mill mill, int version, Object step) {
    return millrace.closeAtEnd(
        StepWorker.of(WORKFLOW, step)
            .configuredBy(mill.config().with(Map.of("millrace.version", version))));
  }

  private static List<Integer> registeredVersions(Mill mill) {
    return registrations(mill).stream().map(StepRegistration::getVersion).toList();
  }

  private static List<StepRegistration> registrations(Mill mill) {
    ProtocolCodec<StepRegistration> codec = ProtocolCodec.of(StepRegistration.class);
    return mill.read(mill.namespace().steps()).stream()
        .map(record -> codec.decode(record.value()))
        .toList();
  }

  @Test
  void law_14_a_lower_version_takes_part_but_does_not_displace_a_higher_one(
      LocalMillrace millrace) {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    worker(millrace, mill, 2, new Grind()).start();

    worker(millrace, mill, 1, new Grind()).start();
    worker(millrace, mill, 2, new Grind()).start();
    worker(millrace, mill, 3, new Grind()).start();

    assertThat(registeredVersions(mill)).containsExactly(2, 3);
  }

  @Test
  void S9_a_different_step_of_the_same_name_and_version_is_refused_and_changes_nothing(
      LocalMillrace millrace) {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    worker(millrace, mill, 1, new Grind()).start();

    assertThatThrownBy(() -> worker(millrace, mill, 1, new GrindMalt()).start())
        .isInstanceOf(StepConflictException.class)
        .hasMessageContaining("step grind of workflow mill")
        .hasMessageContaining("it accepts Grain")
        .hasMessageContaining("millrace.version");
    assertThat(registeredVersions(mill)).containsExactly(1);
  }

  @Test
  void a_step_registers_with_the_concurrency_that_configuration_says(LocalMillrace millrace) {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));

    worker(millrace, mill, 1, new Grind())
        .configuredBy(mill.config().with(Map.of("millrace.concurrency", 5)))
        .start()
        .close();

    assertThat(registrations(mill)).extracting(StepRegistration::getConcurrency).containsExactly(5);
  }

  @Test
  void an_incompatible_change_of_an_event_is_refused_with_the_registrys_reason(
      LocalMillrace millrace) {
    Mill mill = millrace.closeAtEnd(new Mill(millrace));
    worker(millrace, mill, 1, new Grind()).start();

    assertThatThrownBy(() -> worker(millrace, mill, 2, new Next()).start())
        .isInstanceOfSatisfying(
            IncompatibleSchemaException.class,
            refusal -> {
              assertThat(refusal.subject())
                  .isEqualTo(mill.namespace().events(WORKFLOW, "Grain") + "-value");
              assertThat(refusal.reason()).contains("origin");
              assertThat(refusal).hasMessageContaining(refusal.reason());
            });
    assertThat(registeredVersions(mill)).containsExactly(1);
  }
}
