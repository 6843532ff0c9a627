package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;
import java.util.List;

/** What the run has asked humans and not been told (W1). */
final class Prompts {
  private final LiveRun run;
  private final Facts facts;

  Prompts(LiveRun run, Facts facts) {
    this.run = run;
    this.facts = facts;
  }

  void open(Event prompt, String step) {
    if (run.store.get(Keys.prompt(prompt.id())) != null) {
      return;
    }
    long place = run.next();
    run.store.put(
        Keys.prompt(prompt.id()),
        new Entry.OpenPrompt(prompt.type(), step, place, Lineage.ROOT, run.now()));
    run.store.put(Keys.place(Keys.PROMPT_LINE, place), new Entry.InLine(prompt.id()));
    run.prompts++;
    facts.prompt(prompt, step);
  }

  /** False: there is no such prompt, or it was answered. */
  boolean close(String eventId) {
    Entry.OpenPrompt prompt = run.store.get(Keys.prompt(eventId));
    if (prompt == null) {
      return false;
    }
    run.store.remove(Keys.prompt(eventId));
    run.store.remove(Keys.place(Keys.PROMPT_LINE, prompt.place()));
    run.prompts--;
    return true;
  }

  void closeOldest() {
    if (run.prompts > 0) {
      List<Found<Entry.InLine>> oldest = run.store.scan(Entry.InLine.class, Keys.PROMPT_LINE, 1);
      oldest.forEach(found -> close(found.entry().id()));
    }
  }
}
