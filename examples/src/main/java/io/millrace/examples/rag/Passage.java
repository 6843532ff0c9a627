package io.millrace.examples.rag;

import java.util.List;

/**
 * A stretch of one document under one heading, a few sentences long.
 *
 * @param path relative to the folder, with forward slashes
 * @param title the document's first heading, or its file name
 * @param heading the headings above it, outermost first, without the title; may be empty
 * @param sentences in order; never empty
 */
public record Passage(String path, String title, String heading, List<Sentence> sentences) {
  public Passage {
    sentences = List.copyOf(sentences);
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("a passage of " + path + " has no sentences");
    }
  }

  /** First is 1. */
  int line() {
    return sentences.get(0).line();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Sentence sentence : sentences) {
      text.append(text.length() == 0 ? "" : "\n").append(sentence.text());
    }
    return text.toString();
  }
}
