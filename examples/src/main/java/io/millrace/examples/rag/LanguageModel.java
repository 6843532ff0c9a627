package io.millrace.examples.rag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words answers with an OpenAI-compatible endpoint, reading its tokens as they come (server-sent
 * events). Thread-safe.
 */
final class LanguageModel {
  private static final String INSTRUCTIONS =
      "Answer the question from the passages only, in at most four sentences. After each claim put"
          + " the place it comes from as it is given, for instance (docs/a.md:12). If the passages"
          + " do not answer the question, say so.";
  private static final String DATA = "data:";
  private static final int QUOTED = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelSettings settings;
  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  LanguageModel(ModelSettings settings) {
    this.settings = settings;
    this.endpoint = URI.create(settings.url() + "/chat/completions");
  }

  /**
   * The model's answer; {@code tokens} hears each piece of it as it comes.
   *
   * @param passages best first, at least one
   * @throws ModelException if another try may help
   * @throws ModelRefusedException if not
   */
  Answer answer(String question, List<RankedPassage> passages, Consumer<String> tokens)
      throws InterruptedException {
    StringBuilder text = new StringBuilder();
    try (Stream<String> lines = ask(question, passages)) {
      lines
          .filter(line -> line.startsWith(DATA))
          .map(line -> line.substring(DATA.length()).strip())
          .takeWhile(data -> !data.equals("[DONE]"))
          .map(this::token)
          .filter(token -> !token.isEmpty())
          .forEach(
              token -> {
                text.append(token);
                tokens.accept(token);
              });
    } catch (UncheckedIOException e) {
      throw ModelException.unreachable(endpoint, e);
    }
    if (text.toString().isBlank()) {
      throw ModelException.cutOff(endpoint);
    }
    return new Answer(text.toString(), sources(text.toString(), passages), settings.model());
  }

  private Stream<String> ask(String question, List<RankedPassage> passages)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(body(question, passages)));
    if (!settings.key().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.key());
    }
    HttpResponse<Stream<String>> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw ModelException.unreachable(endpoint, e);
    }
    int status = response.statusCode();
    if (status != 200) {
      try (Stream<String> lines = response.body()) {
        String said = shortened(lines.collect(Collectors.joining(" ")));
        boolean passing = status == 408 || status == 429 || status >= 500;
        throw passing
            ? ModelException.busy(endpoint, status, said)
            : new ModelRefusedException(endpoint, status, said);
      }
    }
    return response.body();
  }

  private String body(String question, List<RankedPassage> passages) {
    StringBuilder prompt = new StringBuilder("Passages:\n");
    for (RankedPassage ranked : passages) {
      Passage passage = ranked.passage();
      prompt.append("\n# ").append(passage.title()).append(" / ").append(passage.heading());
      for (Sentence sentence : passage.sentences()) {
        prompt.append("\n(").append(place(passage, sentence)).append(") ").append(sentence.text());
      }
      prompt.append('\n');
    }
    prompt.append("\nQuestion: ").append(question);
    ObjectNode body = JSON.createObjectNode();
    // As repeatable as the endpoint allows: the same question should have the same answer.
    body.put("model", settings.model()).put("stream", true).put("temperature", 0).put("seed", 1);
    body.putArray("messages")
        .add(JSON.createObjectNode().put("role", "system").put("content", INSTRUCTIONS))
        .add(JSON.createObjectNode().put("role", "user").put("content", prompt.toString()));
    return body.toString();
  }

  private String token(String data) {
    try {
      return JSON.readTree(data).path("choices").path(0).path("delta").path("content").asText("");
    } catch (JsonProcessingException e) {
      throw ModelException.unreadable(endpoint, shortened(data), e);
    }
  }

  /** The places that the text names; if it names none, where the passages begin. */
  private static List<Citation> sources(String text, List<RankedPassage> passages) {
    List<Citation> named = new ArrayList<>();
    List<Citation> begins = new ArrayList<>();
    for (RankedPassage ranked : passages) {
      Passage passage = ranked.passage();
      Sentence first = passage.sentences().get(0);
      begins.add(new Citation(passage.path(), first.line(), first.text()));
      for (Sentence sentence : passage.sentences()) {
        if (text.matches("(?s).*" + Pattern.quote(place(passage, sentence)) + "(?!\\d).*")) {
          named.add(new Citation(passage.path(), sentence.line(), sentence.text()));
        }
      }
    }
    return named.isEmpty() ? begins : named;
  }

  private static String place(Passage passage, Sentence sentence) {
    return passage.path() + ":" + sentence.line();
  }

  private static String shortened(String text) {
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
  }
}
