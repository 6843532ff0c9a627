package io.millrace.examples.rag;

import io.millrace.StopEvent;
import java.util.List;

/**
 * The answer.
 *
 * @param text with its sources in it, as {@code (path:line)}
 * @param sources best first; empty if the documents do not say
 * @param wording {@code extractive}, or the name of the model that worded it
 */
public record Answer(String text, List<Citation> sources, String wording) implements StopEvent {
  public Answer {
    sources = List.copyOf(sources);
  }
}
