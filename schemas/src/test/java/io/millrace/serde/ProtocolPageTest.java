package io.millrace.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunFact;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.RunOutcome;
import io.millrace.protocol.StepRegistration;
import io.millrace.protocol.WorkerBeat;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** The page that others write workers by says what this code does. */
class ProtocolPageTest {
  private static final Path PAGE = Path.of("..", "docs", "protocol.md");
  private static final List<Class<?>> ON_THE_WIRE =
      List.of(
          CancelNotice.class,
          Dispatch.class,
          Reply.class,
          RunFact.class,
          RunInput.class,
          RunOutcome.class,
          StepRegistration.class,
          WorkerBeat.class);

  @Test
  void the_page_has_the_fingerprint_of_every_released_version() throws Exception {
    String page = Files.readString(PAGE);

    assertThat(page).contains(String.join("\n", fingerprints()) + "\n\n");
  }

  @Test
  void the_page_has_every_header() throws IOException, IllegalAccessException {
    String page = Files.readString(PAGE);

    for (Field field : Headers.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        assertThat(page).contains("`" + field.get(null) + "`");
      }
    }
  }

  @Test
  void the_page_has_every_field_that_a_step_reads_or_writes_by_name() throws IOException {
    String page = Files.readString(PAGE);
    List<Schema> told = new ArrayList<>();
    told.add(Dispatch.getClassSchema());
    told.add(io.millrace.protocol.DispatchTarget.getClassSchema());
    told.add(StepRegistration.getClassSchema());

    for (Schema record : told) {
      for (Schema.Field field : record.getFields()) {
        if (!field.name().equals("registeredAt")) {
          assertThat(page).as(record.getName()).contains("`" + field.name() + "`");
        }
      }
    }
  }

  private static List<String> fingerprints() throws NoSuchAlgorithmException {
    List<String> rows = new ArrayList<>();
    for (Class<?> record : ON_THE_WIRE) {
      int version = 0;
      for (Schema schema : ReleasedSchemas.of(record)) {
        version++;
        byte[] bytes = SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema);
        rows.add(
            "| `%s` | %d | `%s` |"
                .formatted(
                    record.getSimpleName(),
                    version,
                    HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes)));
      }
    }
    return rows;
  }
}
