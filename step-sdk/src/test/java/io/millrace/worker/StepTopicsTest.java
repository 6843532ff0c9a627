package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.StopEvent;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.StepRegistration;
import io.millrace.step.StepBuilder;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepRegistrations;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class StepTopicsTest {
  interface Noted extends Event {}

  interface Weighty extends Noted {}

  record Plain(int n) implements Noted {}

  record Heavy(int n) implements Weighty {}

  record Other(int n) implements Event {}

  record End(int n) implements Noted, StopEvent {}

  private static final Namespace MILL = new Namespace("mill");

  private final StepCatalog catalog = new StepCatalog("rag");

  private static StepRegistration registration(StepBuilder step) {
    return StepRegistrations.of(step.handler((event, context) -> null), "rag", 1, MILL);
  }

  @Test
  void S1_the_topics_of_a_step_that_accepts_subtypes_grow_with_what_is_registered() {
    StepRegistration note = registration(StepDefinition.named("note").acceptsSubtypes(Noted.class));
    StepTopics topics = new StepTopics(MILL, note, catalog);
    assertThat(topics.now()).containsExactly("mill.rag.Noted");
    assertThat(topics.changed()).isFalse();

    catalog.learn(
        registration(StepDefinition.named("a").accepts(Plain.class).emits(Heavy.class, End.class)));

    assertThat(topics.changed()).isTrue();
    assertThat(topics.now()).containsExactly("mill.rag.Heavy", "mill.rag.Noted", "mill.rag.Plain");
    catalog.learn(registration(StepDefinition.named("b").accepts(Other.class)));
    assertThat(topics.changed()).isFalse();
  }

  @Test
  void S1_other_steps_keep_to_the_types_that_they_accept() {
    StepRegistration exact = registration(StepDefinition.named("a").accepts(Plain.class));
    StepTopics topics = new StepTopics(MILL, exact, catalog);
    assertThat(topics.now()).containsExactly("mill.rag.Plain");

    catalog.learn(registration(StepDefinition.named("b").emits(Heavy.class).accepts(Other.class)));

    assertThat(topics.changed()).isFalse();
  }

  @Test
  void S1_S5_an_event_can_be_sent_to_a_step_that_accepts_it_by_an_interface() {
    catalog.learn(registration(StepDefinition.named("note").acceptsSubtypes(Noted.class)));
    catalog.learn(registration(StepDefinition.named("a").accepts(Plain.class, Other.class)));

    catalog.checkAccepts("note", "Plain");

    assertThatThrownBy(() -> catalog.checkAccepts("note", "Other"))
        .hasMessageContaining("does not accept Other");
    assertThat(catalog.schemaName("Plain")).contains("io.millrace.worker.Plain");
  }
}
