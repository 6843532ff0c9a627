package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.StreamedEvent;
import java.io.PrintWriter;

/**
 * Prints the demo's stream: the answer's tokens run on as text, everything else has a line of its
 * own.
 */
final class AnswerPrinter {
  private static final String TOKEN = "AnswerToken";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final PrintWriter out;
  private final StreamPrinter lines;
  private boolean inText;

  AnswerPrinter(PrintWriter out, StreamPrinter lines) {
    this.out = out;
    this.lines = lines;
  }

  void print(StreamedEvent event) {
    if (event.kind() == StreamedEvent.Kind.EVENT && event.type().equals(TOKEN)) {
      out.print((inText ? "" : System.lineSeparator()) + text(event));
      out.flush();
      inText = true;
      return;
    }
    if (inText) {
      out.println(System.lineSeparator());
      inText = false;
    }
    lines.print(event);
  }

  private static String text(StreamedEvent token) {
    try {
      return MAPPER.readTree(token.json()).path("text").asText();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a streamed event is not JSON: " + token.json(), e);
    }
  }
}
