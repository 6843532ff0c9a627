package io.millrace.bench.step;

import io.millrace.Event;
import io.millrace.RunContext;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A start that becomes many parts, each handled by a step, and their join. */
public final class FanOut {
  /** Fans out by a returned list and joins by a list. */
  public static final Workflow<Begin, Joined> BY_LIST =
      Workflow.of("fanout-list", Begin.class, Joined.class);

  /** Fans out by {@code sendEvent} and joins by {@code collectEvents}. */
  public static final Workflow<Begin, Joined> BY_COLLECT =
      Workflow.of("fanout-collect", Begin.class, Joined.class);

  private FanOut() {}

  public record Begin(int width) implements StartEvent {}

  /**
   * @param of how many there are
   */
  public record Part(int number, int of, String cargo) implements Event {}

  public record Handled(int number, int of, String cargo) implements Event {}

  /**
   * @param members of the join
   * @param distinct numbers among them
   */
  public record Joined(int members, int distinct) implements StopEvent {
    static Joined of(List<Handled> members) {
      BitSet seen = new BitSet(members.size());
      members.forEach(member -> seen.set(member.number()));
      return new Joined(members.size(), seen.cardinality());
    }
  }

  public static final class Split {
    @Step
    public List<Part> split(Begin begin) {
      return IntStream.range(0, begin.width())
          .mapToObj(number -> new Part(number, begin.width(), Chain.CARGO))
          .toList();
    }
  }

  public static final class Scatter {
    @Step(emits = Part.class)
    public void scatter(Begin begin, RunContext context) {
      for (int number = 0; number < begin.width(); number++) {
        context.sendEvent(new Part(number, begin.width(), Chain.CARGO));
      }
    }
  }

  public static final class Handle {
    @Step
    public Handled handle(Part part) {
      return new Handled(part.number(), part.of(), part.cargo());
    }
  }

  public static final class Join {
    @Step
    public Joined join(List<Handled> all) {
      return Joined.of(all);
    }
  }

  public static final class Gather {
    @Step
    public @Nullable Joined gather(Handled handled, RunContext context) {
      return context
          .collectEvents(handled, Collections.nCopies(handled.of(), Handled.class))
          .map(set -> Joined.of(set.list(Handled.class)))
          .orElse(null);
    }
  }
}
