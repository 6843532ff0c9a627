package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityLevelTest {
  private static final Schema ID = schema(false, false);
  private static final Schema ID_AND_REQUIRED = schema(true, false);
  private static final Schema ID_AND_OPTIONAL = schema(false, true);

  private static Schema schema(boolean required, boolean optional) {
    var fields = SchemaBuilder.record("R").fields().requiredString("id");
    if (required) {
      fields = fields.requiredLong("extra");
    }
    return (optional ? fields.optionalLong("note") : fields).endRecord();
  }

  @ParameterizedTest
  @CsvSource({
    "BACKWARD, false, true, true",
    "FORWARD, true, false, true",
    "FULL, false, false, true",
    "NONE, true, true, true",
  })
  void a_level_says_which_fields_may_come_and_go(
      CompatibilityLevel level, boolean addRequired, boolean removeRequired, boolean addOptional) {
    assertThat(level.judge(ID_AND_REQUIRED, List.of(ID)).compatible()).isEqualTo(addRequired);
    assertThat(level.judge(ID, List.of(ID_AND_REQUIRED)).compatible()).isEqualTo(removeRequired);
    assertThat(level.judge(ID_AND_OPTIONAL, List.of(ID)).compatible()).isEqualTo(addOptional);
  }

  @ParameterizedTest
  @CsvSource({
    "BACKWARD, true",
    "BACKWARD_TRANSITIVE, false",
    "FULL, true",
    "FULL_TRANSITIVE, false",
    "NONE, true"
  })
  void a_transitive_level_looks_at_every_version(CompatibilityLevel level, boolean allowed) {
    Schema asLong = SchemaBuilder.record("R").fields().optionalLong("extra").endRecord();
    Schema without = SchemaBuilder.record("R").fields().endRecord();
    Schema asText = SchemaBuilder.record("R").fields().optionalString("extra").endRecord();

    assertThat(level.judge(asText, List.of(asLong, without)).compatible()).isEqualTo(allowed);
  }

  @Test
  void forward_transitive_asks_the_oldest_reader_too() {
    Schema required = SchemaBuilder.record("R").fields().requiredLong("a").endRecord();
    Schema optional = SchemaBuilder.record("R").fields().optionalLong("a").endRecord();
    Schema without = SchemaBuilder.record("R").fields().endRecord();

    assertThat(CompatibilityLevel.FORWARD.judge(without, List.of(required, optional)).compatible())
        .isTrue();
    assertThat(
            CompatibilityLevel.FORWARD_TRANSITIVE
                .judge(without, List.of(required, optional))
                .compatible())
        .isFalse();
  }

  @Test
  void a_level_is_known_by_name_in_any_case() {
    assertThat(CompatibilityLevel.named("full_transitive"))
        .hasValue(CompatibilityLevel.FULL_TRANSITIVE);
    assertThat(CompatibilityLevel.named("SIDEWAYS")).isEmpty();
  }
}
