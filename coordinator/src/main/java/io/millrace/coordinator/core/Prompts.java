package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the run has asked humans and not been told (W1). */
final class Prompts {
  private final LiveRun run;
  private final FanOuts fanOuts;
  private final Facts facts;

  Prompts(LiveRun run, FanOuts fanOuts, Facts facts) {
    this.run = run;
    this.fanOuts = fanOuts;
    this.facts = facts;
  }

  /** Until it is answered, the prompt keeps the fan-out open in which it was asked (law 17). */
  void open(Event prompt, String step, Lineage lineage) {
    if (run.store.get(Keys.prompt(prompt.id())) != null) {
      return;
    }
    long place = run.next();
    run.store.put(
        Keys.prompt(prompt.id()),
        new Entry.OpenPrompt(prompt.type(), step, place, lineage, run.now()));
    run.store.put(Keys.place(line(prompt.id()), place), new Entry.InLine(prompt.id()));
    run.prompts++;
    fanOuts.began(lineage, 1);
    facts.prompt(prompt, step);
  }

  /** It has been answered, or nobody waits for that any more. */
  void close(String eventId) {
    Entry.OpenPrompt prompt = run.store.get(Keys.prompt(eventId));
    if (prompt == null) {
      return;
    }
    run.store.remove(Keys.prompt(eventId));
    run.store.remove(Keys.place(line(eventId), prompt.place()));
    run.prompts--;
    fanOuts.ended(prompt.lineage());
  }

  private String line(String eventId) {
    return isWaiters(eventId) ? Keys.ASKED_LINE : Keys.PROMPT_LINE;
  }

  /** Whether it is the prompt of an execution that waits, and is closed with that. */
  boolean isWaiters(String eventId) {
    return run.store.get(Keys.asker(eventId)) != null;
  }

  /**
   * The prompt that this response answers: the one it names, else the oldest that no waiter asked;
   * null: none.
   */
  @Nullable String answered(Event response) {
    String named = response.inReplyTo();
    if (named != null) {
      return run.store.get(Keys.prompt(named)) == null ? null : named;
    }
    List<Found<Entry.InLine>> oldest =
        run.prompts == 0 ? List.of() : run.store.scan(Entry.InLine.class, Keys.PROMPT_LINE, 1);
    return oldest.isEmpty() ? null : oldest.get(0).entry().id();
  }

  /** Where an answer to the prompt goes on. */
  Lineage lineage(@Nullable String eventId) {
    Entry.OpenPrompt prompt = eventId == null ? null : run.store.get(Keys.prompt(eventId));
    return prompt == null ? Lineage.ROOT : prompt.lineage();
  }
}
