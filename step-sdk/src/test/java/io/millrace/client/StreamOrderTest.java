package io.millrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StreamedEvent;
import io.millrace.protocol.EventKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Written: execution, epoch.round.attempt, try, sequence; or "fact id". */
final class StreamOrderTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          in order                       | x 0.0.1 t1 1, x 0.0.1 t1 2                 | SHOW SHOW
          a gap is no fault              | x 0.0.1 t1 1, x 0.0.1 t1 5                 | SHOW SHOW
          a repeat                       | x 0.0.1 t1 1, x 0.0.1 t1 1                 | SHOW SKIP
          an earlier number              | x 0.0.1 t1 2, x 0.0.1 t1 1                 | SHOW SKIP
          executions are apart           | x 0.0.1 t1 1, y 0.0.1 t1 1                 | SHOW SHOW
          a retry announces itself       | x 0.0.1 t1 1, x 0.0.2 t2 1, x 0.0.2 t2 2   | SHOW RESTARTED SHOW
          and silences the old           | x 0.0.1 t1 1, x 0.0.2 t2 1, x 0.0.1 t1 2   | SHOW RESTARTED SKIP
          a lost worker's successor      | x 0.0.1 t1 1, x 0.0.1 t2 1, x 0.0.1 t1 2   | SHOW RESTARTED SKIP
          a zombie that begins late      | x 0.0.2 t2 1, x 0.0.1 t1 1                 | SHOW SKIP
          a later round                  | x 0.0.2 t1 1, x 0.1.2 t2 1, x 0.0.2 t1 2   | SHOW RESTARTED SKIP
          round before attempt           | x 0.1.1 t2 1, x 0.0.2 t1 1                 | SHOW SKIP
          a redrive is newer than all    | x 0.3.5 t1 1, x 1.0.1 t2 1, x 0.3.6 t3 1   | SHOW RESTARTED SKIP
          the first seen of many         | x 0.0.3 t3 1                               | SHOW
          three tries                    | x 0.0.1 t1 1, x 0.0.1 t2 1, x 0.0.1 t3 1, x 0.0.1 t2 2 | SHOW RESTARTED RESTARTED SKIP
          facts once                     | fact a, fact b, fact a                     | SHOW SHOW SKIP
          """)
  void law_11_readers_see_one_try_at_a_time(String name, String written, String verdicts) {
    StreamOrder order = new StreamOrder();
    List<String> judged = new ArrayList<>();
    for (String record : written.split(", ")) {
      judged.add(order.judge(entry(record)).name());
    }

    assertThat(String.join(" ", judged)).isEqualTo(verdicts);
  }

  private static StreamEntry entry(String record) {
    String[] part = record.split(" ");
    if (part[0].equals("fact")) {
      return entry("", 0, 0, 0, "", 0, part[1]);
    }
    String[] token = part[1].split("\\.");
    return entry(
        part[0],
        Integer.parseInt(token[0]),
        Integer.parseInt(token[1]),
        Integer.parseInt(token[2]),
        part[2],
        Long.parseLong(part[3]),
        "");
  }

  private static StreamEntry entry(
      String execution, int epoch, int round, int attempt, String tryId, long number, String fact) {
    return new StreamEntry(
        0,
        0,
        StreamedEvent.Kind.EVENT,
        "Line",
        EventKind.EVENT,
        "",
        execution,
        "tell",
        attempt,
        round,
        tryId,
        number,
        epoch,
        fact,
        new byte[0]);
  }
}
