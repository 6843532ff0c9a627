package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Event;
import io.millrace.StartEvent;
import io.millrace.StopEvent;
import io.millrace.protocol.EventKind;
import io.millrace.registry.SchemaRegistries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked
class EventCodecTest {
  record Ask(String question, int depth) implements StartEvent {}

  record Found(List<Passage> passages, @Nullable String note) implements Event {}

  record Passage(String text, double score) {}

  record Answer(String text) implements StopEvent {}

  private final EventCodec codec = EventCodecs.inMemory();

  @Test
  void an_event_comes_back_equal() {
    // given
    Found found = new Found(List.of(new Passage("a", 1.5), new Passage("b", 0)), null);

    // when
    byte[] bytes = codec.encode(found, "rag");

    // then
    assertThat(codec.decode(bytes, codec.typeOf(Found.class))).isEqualTo(found);
    assertThat(bytes).startsWith(0, 0, 0, 0);
  }

  @Test
  void the_schema_has_the_components_in_declaration_order_under_a_stable_name() {
    // when
    Schema schema = codec.typeOf(Ask.class).schema();

    // then
    assertThat(schema.getFullName()).isEqualTo("io.millrace.event.Ask");
    assertThat(schema.getFields())
        .extracting(Schema.Field::name)
        .containsExactly("question", "depth");
    assertThat(schema.getField("question").schema().getType()).isEqualTo(Schema.Type.STRING);
  }

  @Test
  void a_nullable_component_is_a_union_with_null_whose_default_is_null() {
    // when
    Schema.Field note = codec.typeOf(Found.class).schema().getField("note");

    // then
    assertThat(note.schema()).hasToString("[\"null\",\"string\"]");
    assertThat(note.hasDefaultValue()).isTrue();
  }

  @Test
  void the_kind_comes_from_the_interface_and_is_in_the_schema_for_other_languages() {
    assertThat(codec.typeOf(Ask.class).kind()).isEqualTo(EventKind.START);
    assertThat(codec.typeOf(Found.class).kind()).isEqualTo(EventKind.EVENT);
    assertThat(codec.typeOf(Answer.class).kind()).isEqualTo(EventKind.STOP);
    assertThat(codec.typeOf(Answer.class).schema().getProp("millrace.kind")).isEqualTo("stop");
  }

  @Test
  void R2_a_missing_component_is_refused_by_its_full_path() {
    // given
    Found found = new Found(Arrays.asList(new Passage("a", 1), new Passage(null, 1)), "n");

    // then
    assertThatThrownBy(() -> codec.encode(found, "rag"))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("Found.passages[1].text is null")
        .hasMessageContaining("@Nullable");
  }

  @Test
  void the_schema_is_registered_under_the_subject_of_the_event_topic() {
    // given
    Map<String, String> config =
        Map.of("schema.registry.url", "mock://subjects", "millrace.namespace", "acme");

    // when
    EventCodecs.of(config).encode(new Ask("who?", 1), "rag");

    // then
    assertThat(SchemaRegistries.of(config).subjects()).containsExactly("acme.rag.Ask-value");
  }

  @Test
  void E6_garbage_is_unreadable_and_trying_again_does_not_help() {
    EventType type = codec.typeOf(Ask.class);
    int id = codec.encode(new Ask("q", 1), "rag")[4];
    for (byte[] garbage :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3, 4, 5, 6},
            new byte[] {0, 0, 0, 0, 99, 2, 'a'},
            new byte[] {0, 0, 0, 0, (byte) id, 127, 127},
            new byte[] {0, 0, 0, 0, (byte) id, 2, 'a', 2, 2})) {
      assertThatThrownBy(() -> codec.decode(garbage, type))
          .isInstanceOfSatisfying(
              UnreadableEventException.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("Ask");
    }
  }
}
