package io.millrace.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.http.api.Operations.StartRequest;
import io.millrace.http.route.Json;
import io.millrace.http.route.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartOptionsOfTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'outcomeKeys': [null] | field 'outcomeKeys' must not hold null",
        "'timeout': 'P100000000000000D' | field 'timeout' must be at most PT876000H",
        "'timeout': 'PT-1S' | field 'timeout' must be positive",
        "'state': {'a': null} | field 'state.a' must not be null"
      })
  void what_makes_no_sense_is_refused_by_name(String field, String complaint) {
    assertThatThrownBy(() -> StartOptionsOf.request(request(field)))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith(complaint);
  }

  @Test
  void a_hundred_years_are_no_problem() {
    assertThat(StartOptionsOf.request(request("'timeout': 'P36500D'")).timeout())
        .contains(Duration.ofDays(36_500));
  }

  private static StartRequest request(String field) {
    String body = "{'workflow': 'inn', 'event': {}, " + field + "}";
    return Json.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), StartRequest.class);
  }
}
