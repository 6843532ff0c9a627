package io.millrace.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LanguageModelTest {
  private static final List<RankedPassage> PASSAGES =
      List.of(
          new RankedPassage(
              new Passage(
                  "mill.md",
                  "Mill",
                  "",
                  List.of(new Sentence(3, "Ada built it."), new Sentence(31, "It grinds."))),
              1.0));

  private final AtomicReference<String> request = new AtomicReference<>("");
  private final AtomicReference<String> authorization = new AtomicReference<>("");
  private final List<String> tokens = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String response = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          request.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = response.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tokens_are_heard_as_they_come_and_the_named_place_is_the_source() throws Exception {
    response = chunk("Ada ") + ": keep-alive\n\n" + chunk("(mill.md:3)") + "data: [DONE]\n\n";

    Answer answer = ask();

    assertThat(tokens).containsExactly("Ada ", "(mill.md:3)");
    assertThat(answer)
        .isEqualTo(
            new Answer(
                "Ada (mill.md:3)", List.of(new Citation("mill.md", 3, "Ada built it.")), "miller"));
    assertThat(request.get()).contains("Who built it?", "(mill.md:31) It grinds.", "\"miller\"");
    assertThat(authorization.get()).isEqualTo("Bearer key");
  }

  @Test
  void a_place_is_not_taken_for_one_whose_line_begins_with_it() throws Exception {
    response = chunk("It grinds (mill.md:31).") + "data: [DONE]\n\n";

    assertThat(ask().sources()).extracting(Citation::line).containsExactly(31);
  }

  @Test
  void an_answer_without_places_has_the_passages_as_sources() throws Exception {
    response = chunk("Ada.") + "data: [DONE]\n\n";

    assertThat(ask().sources()).containsExactly(new Citation("mill.md", 3, "Ada built it."));
  }

  @Test
  void a_busy_endpoint_is_an_error_that_is_retried() {
    status = 503;
    response = "overloaded";

    assertThatThrownBy(this::ask)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("503")
        .hasMessageContaining("overloaded");
  }

  @Test
  void a_wrong_key_is_an_error_that_is_not_retried_and_says_what_to_check() {
    status = 401;
    response = "no such key";

    assertThatThrownBy(this::ask)
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("no such key")
        .hasMessageContaining("MILLRACE_LLM_KEY");
  }

  @Test
  void garbage_and_silence_are_errors_by_name() {
    response = "data: {garbage\n\n";
    assertThatThrownBy(this::ask)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("{garbage");

    response = "data: [DONE]\n\n";
    assertThatThrownBy(this::ask).isInstanceOf(ModelException.class).hasMessageContaining("ended");
  }

  @Test
  void an_endpoint_that_is_not_there_is_an_error_by_name() {
    server.stop(0);

    assertThatThrownBy(this::ask)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void settings_are_absent_complete_or_refused() {
    assertThat(ModelSettings.of(Map.of())).isEmpty();
    assertThat(
            ModelSettings.of(Map.of("MILLRACE_LLM_URL", "http://a/v1/", "MILLRACE_LLM_MODEL", "m")))
        .contains(new ModelSettings(URI.create("http://a/v1"), "m", ""));
    assertThatThrownBy(() -> ModelSettings.of(Map.of("MILLRACE_LLM_URL", "http://a/v1")))
        .hasMessageContaining("MILLRACE_LLM_MODEL");
    assertThatThrownBy(() -> ModelSettings.of(Map.of("MILLRACE_LLM_URL", "a/v1")))
        .hasMessageContaining("http");
    assertThat(new ModelSettings(URI.create("http://a"), "m", "secret").toString())
        .doesNotContain("secret");
  }

  private Answer ask() throws InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    return new LanguageModel(new ModelSettings(url, "miller", "key"))
        .answer("Who built it?", PASSAGES, tokens::add);
  }

  private static String chunk(String token) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + token + "\"}}]}\n\n";
  }
}
