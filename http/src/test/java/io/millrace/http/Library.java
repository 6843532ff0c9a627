package io.millrace.http;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.NonRetryableException;
import io.millrace.Retry;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow for looking at: a question is searched for on all shelves, an answer is written word
 * by word, and a person says whether to publish it. Shelf 2 cannot be searched at the first
 * attempt; a question about dragons breaks the search for good.
 */
public final class Library {
  static final String NAME = "library";

  public enum Tone {
    PLAIN,
    LEARNED
  }

  public record Ask(String question, int shelves, Tone tone) implements StartEvent {}

  /** The other way to begin. */
  public record AskAgain(String question, @Nullable String remark) implements StartEvent {}

  public record Search(String question, int shelf, int of) implements Event {}

  public record Found(String passage, int of) implements Event {}

  public record Passages(List<String> passages) implements Event {}

  public record Word(String text) implements Event {}

  public record Review(String question) implements InputRequiredEvent {}

  public record Verdict(boolean publish, String remark) implements HumanResponseEvent {}

  public record Answer(String text, List<String> sources) implements StopEvent {}

  @Step
  public List<Search> plan(Ask ask, RunContext context) {
    context.state().set("question", ask.question());
    context.state().set("tone", ask.tone().name());
    return java.util.stream.IntStream.rangeClosed(1, ask.shelves())
        .mapToObj(shelf -> new Search(ask.question(), shelf, ask.shelves()))
        .toList();
  }

  @Step
  public Search again(AskAgain ask, RunContext context) {
    context.state().set("question", ask.question());
    return new Search(ask.question(), 1, 1);
  }

  @Step(retry = @Retry(maxAttempts = 3, delay = "300ms"))
  public Found search(Search search, RunContext context) throws InterruptedException {
    work(60L * search.shelf());
    if (search.question().contains("dragons")) {
      throw new NonRetryableException("shelf " + search.shelf() + " has burned down");
    }
    if (search.shelf() == 2 && context.attempt() == 1) {
      throw new IllegalStateException("shelf 2 is being dusted");
    }
    return new Found("passage " + search.shelf() + " on " + search.question(), search.of());
  }

  @Step
  public @Nullable Passages gather(Found found, RunContext context) {
    return context
        .collectEvents(found, Collections.nCopies(found.of(), Found.class))
        .map(all -> new Passages(all.list(Found.class).stream().map(Found::passage).toList()))
        .orElse(null);
  }

  @Step(streams = Word.class)
  public Review write(Passages passages, RunContext context) throws InterruptedException {
    for (String word : String.join(", and ", passages.passages()).split("(?<=\\s)")) {
      context.writeEventToStream(new Word(word));
      work(10);
    }
    context.state().set("passages", passages.passages());
    return new Review("Shall this answer be published?");
  }

  @Step
  public Answer publish(Verdict verdict, RunContext context) {
    String question = context.state().get("question", String.class).orElse("");
    return new Answer(
        (verdict.publish() ? "Published: " : "Kept: ") + question + " " + verdict.remark(),
        verdict.publish() ? List.of("shelf 1", "shelf 2") : List.of());
  }

  /** What a search takes, so that there is something to see. */
  private static void work(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }
}
