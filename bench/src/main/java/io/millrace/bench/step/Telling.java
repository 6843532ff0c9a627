package io.millrace.bench.step;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import io.millrace.bench.load.Micros;
import io.millrace.bench.load.Pace;

/** A run of one step that writes to its stream, in a burst or at a pace. */
public final class Telling {
  public static final Workflow<Begin, Told> WORKFLOW =
      Workflow.of("telling", Begin.class, Told.class);

  private Telling() {}

  /**
   * @param words how many are written
   * @param perSecond 0: as fast as it goes
   * @param pauseMillis if not 0, one word, number 0, opens the stream, and the others follow after
   *     this pause, when readers have found the topic
   */
  public record Begin(int words, int perSecond, int pauseMillis) implements StartEvent {}

  /**
   * @param number first is 1
   * @param micros when it was written, by {@link Micros}
   */
  public record Word(int number, long micros, String cargo) implements Event {}

  public record Told(int words) implements StopEvent {}

  public static final class Tell {
    @Step(streams = Word.class, concurrency = 64)
    public Told tell(Begin begin, RunContext context) throws InterruptedException {
      if (begin.pauseMillis() > 0) {
        write(context, 0);
        Thread.sleep(begin.pauseMillis());
      }
      Pace pace = Pace.perSecond(begin.perSecond());
      for (int number = 1; number <= begin.words(); number++) {
        pace.await();
        write(context, number);
      }
      return new Told(begin.words());
    }

    private static void write(RunContext context, int number) {
      context.writeEventToStream(new Word(number, Micros.now(), Chain.CARGO));
    }
  }
}
