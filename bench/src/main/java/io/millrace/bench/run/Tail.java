package io.millrace.bench.run;

import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.bench.load.Heard;
import io.millrace.bench.load.Micros;
import io.millrace.bench.step.Telling;
import io.millrace.bench.step.Telling.Begin;
import io.millrace.bench.step.Telling.Told;
import io.millrace.bench.step.Telling.Word;

/** Tails runs that write to their streams, and checks that nothing is lost or out of order. */
final class Tail {
  /** Long enough for a reader to find the topic, so that a burst is about the stream alone. */
  private static final int PAUSE_MILLIS = 300;

  private final WorkflowClient client;
  private final Heard openings = new Heard();

  Tail(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Of one run, what came after the word that opens the stream.
   *
   * @param perSecond 0: as fast as it goes
   */
  Heard listen(int words, int perSecond) {
    RunHandle<Told> run = client.start(Telling.WORKFLOW, new Begin(words, perSecond, PAUSE_MILLIS));
    Heard heard = new Heard();
    int next = 0;
    for (StreamedEvent event : run.streamEvents()) {
      long seen = Micros.now();
      if (event.isTerminal()) {
        break;
      }
      Word word = event.as(Word.class);
      if (word.number() != next) {
        throw new IllegalStateException(
            "run %s told %s where word %d is due".formatted(run.runId(), event, next));
      }
      (next == 0 ? openings : heard).add(word.micros(), seen);
      next++;
    }
    Told told = run.result();
    if (heard.count() != words || told.words() != words) {
      throw new IllegalStateException(
          "run %s told %d words of %d, its result says %s"
              .formatted(run.runId(), heard.count(), words, told));
    }
    return heard;
  }

  /** Of the words that open streams, with the topic's creation, in milliseconds. */
  double medianOpening() {
    return openings.medianDelay();
  }
}
