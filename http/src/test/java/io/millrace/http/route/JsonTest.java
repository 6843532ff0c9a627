package io.millrace.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Order(
      String what,
      Optional<Duration> within,
      Optional<Boolean> gift,
      Optional<List<String>> notes,
      Optional<Map<String, String>> labels,
      Optional<ObjectNode> event) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.0",
        "0.10",
        "\"-0.0\"",
        "1.5E+400",
        "1E-7",
        "12345678901234567890",
        "123456789012345678.90123456789",
        "\"NaN\"",
        "[1,1.0,null,{\"a\":2.50}]"
      })
  void a_value_of_an_event_is_passed_on_and_shown_as_it_came(String value) {
    String event = "{\"x\":" + value + "}";
    String body = "{\"what\":\"x\",\"event\":" + event + "}";
    Order order = Json.read(body.getBytes(StandardCharsets.UTF_8), Order.class);

    assertThat(order.event()).map(ObjectNode::toString).contains(event);
    assertThat(new String(Json.bytes(Json.tree(event)), StandardCharsets.UTF_8)).isEqualTo(event);
  }

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
