package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.http.auth.OpenDoor;
import io.millrace.http.auth.StaticTokens;
import io.millrace.http.auth.UnauthenticatedException;
import io.millrace.http.route.Access;
import io.millrace.http.route.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private static final String TOKEN = "0123456789abcdef";

  private final Gate closed =
      new Gate(
          StaticTokens.parse("k", List.of("view:eve:" + TOKEN)),
          new RateLimit(2, () -> 0),
          Optional.empty());
  private final Gate open =
      new Gate(new OpenDoor(), new RateLimit(100, () -> 0), Optional.of(new OriginCheck()));

  @Test
  void whoever_has_a_token_passes_with_his_role() {
    assertThat(pass(closed, Access.VIEW, "Bearer " + TOKEN)).isEqualTo("eve");
    assertThat(pass(closed, Access.VIEW, "bearer   " + TOKEN + " ")).isEqualTo("eve");
    assertThatThrownBy(() -> pass(closed, Access.OPERATE, "Bearer " + TOKEN))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("needs the role operate");
  }

  @ParameterizedTest
  @CsvSource({"Bearer", "Bearer x", "Basic 0123456789abcdef", "0123456789abcdef"})
  void whoever_has_none_does_not(String authorization) {
    assertThatThrownBy(() -> pass(closed, Access.VIEW, authorization))
        .isInstanceOf(UnauthenticatedException.class)
        .hasMessageNotContaining("0123456789abcdef");
  }

  @Test
  void those_who_are_not_known_share_the_rate_of_their_address_and_a_good_token_passes() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> pass(closed, Access.VIEW, "Bearer guess"))
          .isInstanceOf(UnauthenticatedException.class);
    }
    assertThatThrownBy(() -> pass(closed, Access.VIEW, "Bearer guess"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("too many requests of address 10.0.0.1");
    assertThat(pass(closed, Access.VIEW, "Bearer " + TOKEN)).isEqualTo("eve");
  }

  @Test
  void probes_are_for_anybody_and_cost_nothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(pass(closed, Access.PUBLIC, null)).isEqualTo("nobody");
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "localhost:8080, null, true",
        "127.0.0.1:8080, http://localhost:3000, true",
        "[::1]:8080, null, true",
        "evil.example:8080, null, false",
        "localhost:8080, https://evil.example, false",
        "localhost:8080, null:, false"
      },
      nullValues = "null")
  void an_open_server_serves_its_own_machine_only(
      String host, @Nullable String origin, boolean served) {
    if (served) {
      assertThat(open.pass(Access.OPERATE, "127.0.0.1", null, host, origin).name())
          .isEqualTo("anybody");
    } else {
      assertThatThrownBy(() -> open.pass(Access.OPERATE, "127.0.0.1", null, host, origin))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("only this machine itself is served");
    }
  }

  private static String pass(Gate gate, Access access, @Nullable String authorization) {
    return gate.pass(access, "10.0.0.1", authorization, "api.example", null).name();
  }
}
