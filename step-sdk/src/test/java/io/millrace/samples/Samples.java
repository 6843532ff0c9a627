package io.millrace.samples;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import java.util.List;

/** The programs that define the API, as a user writes them. */
final class Samples {
  private Samples() {}

  public record QueryEvent(String query) implements SynthesizeInput {}

  public record RetrieveEvent(List<String> nodes) implements SynthesizeInput {}

  public sealed interface SynthesizeInput extends Event permits QueryEvent, RetrieveEvent {}

  public record Ask(String question) implements StartEvent {}

  public record Answer(String text) implements StopEvent {}

  public static final class Synthesize {
    @Step
    public Answer synthesize(SynthesizeInput event, RunContext context) {
      return context
          .collectEvents(event, QueryEvent.class, RetrieveEvent.class)
          .map(all -> new Answer(answer(all.get(QueryEvent.class), all.get(RetrieveEvent.class))))
          .orElse(null); // null: this branch ends here
    }

    private static String answer(QueryEvent query, RetrieveEvent retrieved) {
      return query.query() + " -> " + retrieved.nodes();
    }
  }

  public record Begin() implements StartEvent {}

  public record MyEvent() implements Event {}

  public record ProgressEvent(String text) implements Event {}

  public sealed interface GatherInput extends Event permits GatherEvent, MyEventResult {}

  public record GatherEvent() implements GatherInput {}

  public record MyEventResult(String result) implements GatherInput {}

  public record Gathered(List<MyEventResult> results) implements StopEvent {}

  public static final class DispatchAndGather {
    @Step(emits = MyEvent.class)
    public GatherEvent dispatch(Begin start, RunContext context) {
      context.sendEvent(new MyEvent());
      context.sendEvent(new MyEvent());
      return new GatherEvent();
    }

    @Step
    public MyEventResult handle(MyEvent event, RunContext context) {
      context.writeEventToStream(new ProgressEvent("working"));
      return new MyEventResult("result");
    }

    @Step
    public Gathered gather(GatherInput event, RunContext context) {
      return context
          .collectEvents(event, MyEventResult.class, MyEventResult.class)
          .map(all -> new Gathered(all.list(MyEventResult.class)))
          .orElse(null);
    }
  }

  public record NumberNeeded(String prompt) implements InputRequiredEvent {}

  public record NumberGiven(int value) implements HumanResponseEvent {}

  public record Entered(int value) implements StopEvent {}

  public static final class AskHuman {
    @Step
    public NumberNeeded ask(Begin start) {
      return new NumberNeeded("Enter a number: ");
    }

    @Step
    public Entered answered(NumberGiven response) {
      return new Entered(response.value());
    }
  }
}
