package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The answer of the question-answering example, for a person. */
final class AnswerText {
  private AnswerText() {}

  static String of(String answerJson) {
    JsonNode answer;
    try {
      answer = new ObjectMapper().readTree(answerJson);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the run's result is not JSON: " + answerJson, e);
    }
    StringBuilder text =
        new StringBuilder(System.lineSeparator())
            .append("Answer: ")
            .append(answer.path("text").asText());
    text.append(System.lineSeparator()).append("Sources:");
    for (JsonNode source : answer.path("sources")) {
      text.append(System.lineSeparator())
          .append("  ")
          .append(source.path("path").asText())
          .append(':')
          .append(source.path("line").asInt())
          .append("  ")
          .append(source.path("quote").asText());
    }
    return text.toString();
  }
}
