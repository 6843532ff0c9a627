package io.millrace.coordinator.core;

import io.millrace.coordinator.core.RunStore.Found;

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

  /** Whether it is the prompt of an execution that waits, and is closed with that. */
  boolean isWaiters(String eventId) {
    return run.store.get(Keys.asker(eventId)) != null;
  }

  /** An answer that names no prompt is taken for one to the oldest that no waiter asked. */
  void closeOldest() {
    if (run.prompts > 0) {
      for (Found<Entry.InLine> found :
          run.store.scan(Entry.InLine.class, Keys.PROMPT_LINE, Integer.MAX_VALUE)) {
        if (!isWaiters(found.entry().id())) {
          close(found.entry().id());
          return;
        }
      }
    }
  }
}
