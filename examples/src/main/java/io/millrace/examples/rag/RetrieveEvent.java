package io.millrace.examples.rag;

import java.util.List;

/** The best passages of all documents, best first; empty if none has a word of the question. */
public record RetrieveEvent(List<RankedPassage> passages) implements SynthesizeInput {
  public RetrieveEvent {
    passages = List.copyOf(passages);
  }
}
