package io.millrace.examples.rag;

import java.util.List;

/** A passage that has words of the question, and which. */
public record Candidate(Passage passage, List<TermMatch> matches) {
  public Candidate {
    matches = List.copyOf(matches);
  }
}
