package io.millrace.http.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  record Order(
      String what,
      Optional<Duration> within,
      Optional<Boolean> gift,
      Optional<List<String>> notes,
      Optional<Map<String, String>> labels,
      Optional<ObjectNode> event) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'wat': 1} | field 'wat' does not fit: it is not known here; known: event, gift, labels, notes, what, within",
        "{'what': {}} | field 'what' does not fit: it must be text",
        "{'what': 'x', 'within': 'soon'} | field 'within' does not fit: it must be a duration like PT10M",
        "{'what': 'x', 'gift': 'yes'} | field 'gift' does not fit: it must be true or false",
        "{'what': 'x', 'notes': 'n'} | field 'notes' does not fit: it must be a list",
        "{'what': 'x', 'notes': [{}]} | field 'notes.[0]' does not fit: it must be text",
        "{'what': 'x', 'labels': []} | field 'labels' does not fit: it must be an object",
        "{'what': 'x', 'event': []} | field 'event' does not fit: it must be an object",
        "{'what': 'x', 'event': {'a': 1, 'a': 2}} | field 'event' does not fit: it names a field twice",
        "[] | the body does not fit: it must be an object",
        "{'gift': true} | field 'what' is missing",
        "null | the body must be a JSON object"
      })
  void what_is_wrong_is_told_in_the_senders_words(String body, String complaint) {
    assertThatThrownBy(
            () -> Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Order.class))
        .isInstanceOf(ProblemException.class)
        .hasMessage(complaint);
  }
}
