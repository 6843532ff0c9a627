package io.millrace.local.inline;

import io.millrace.coordinator.codec.Outgoing;
import io.millrace.event.EventCodec;
import io.millrace.protocol.CancelNotice;
import io.millrace.protocol.Dispatch;
import io.millrace.protocol.DispatchTarget;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RequestInfo;
import io.millrace.protocol.RunInput;
import io.millrace.protocol.WorkerLost;
import io.millrace.serde.ProtocolCodec;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The run log, the event topics, a coordinator and a worker, driven move by move by whoever waits
 * for something. Time passes only when it is told to. Not thread-safe.
 */
public final class InlineEngine implements AutoCloseable {
  private static final ProtocolCodec<RunInput> INPUT = ProtocolCodec.of(RunInput.class);
  private static final ProtocolCodec<Dispatch> DISPATCH = ProtocolCodec.of(Dispatch.class);
  private static final ProtocolCodec<CancelNotice> CANCEL = ProtocolCodec.of(CancelNotice.class);

  private record Logged(String runId, byte[] input, Instant at) {}

  private final Namespace namespace;
  private final InlineCoordinator coordinator;
  private final Schedule schedule;
  private final InlineWorker worker;
  private final InlineTopics topics;
  private final HeldSteps held;
  private final Deque<Logged> log = new ArrayDeque<>();
  private final Deque<Logged> uncommitted = new ArrayDeque<>();
  private final List<Outgoing> facts = new ArrayList<>();
  private final List<InlineWork> works = new ArrayList<>();
  private Instant now;
  private int requests;

  public InlineEngine(
      String workflow,
      Namespace namespace,
      EventCodec codec,
      Instant begin,
      InlineCoordinator coordinator,
      Schedule schedule) {
    this.namespace = namespace;
    this.coordinator = coordinator;
    this.schedule = schedule;
    this.now = begin;
    this.topics = new InlineTopics(namespace);
    this.worker =
        new InlineWorker(
            workflow, namespace, codec, () -> now, record -> topics.write(record, now));
    this.held = new HeldSteps(worker);
  }

  public void deploy(StepDefinition step) {
    coordinator.register(worker.add(step));
  }

  /** The event classes that the steps name. */
  public List<Class<?>> eventClasses() {
    return worker.eventClasses();
  }

  /**
   * @throws IllegalStateException if no step names an event of this type
   */
  public Class<?> eventClass(String type) {
    return worker.eventClass(type);
  }

  public Instant now() {
    return now;
  }

  public InlineTopics topics() {
    return topics;
  }

  /** From now on executions of this step are adopted, and their code is not run before the end. */
  public void hold(String step) {
    held.hold(step);
  }

  /** The code of what was held is run now. */
  public void release(String step) {
    works.addAll(held.release(step));
  }

  /** What is held of this step is lost with its worker; another worker holds it from now on. */
  public void loseHeld(String step) {
    held.take(step).forEach(this::lost);
  }

  public HeldSteps held() {
    return held;
  }

  /** Puts an input on the run log. */
  public void append(String runId, Object body) {
    log.add(new Logged(runId, INPUT.encode(new RunInput(runId, body)), now));
  }

  /** Puts anything on the run log. */
  public void appendRaw(String runId, byte[] input) {
    log.add(new Logged(runId, input, now));
  }

  /** Asks the coordinator, and drives on until it has answered. */
  public Reply ask(String runId, Function<RequestInfo, Object> body) {
    String id = "request-" + requests++;
    append(runId, body.apply(new RequestInfo(id, 0)));
    @Nullable Reply reply = topics.takeReply(id);
    while (reply == null) {
      if (!turn() && !skip(runId)) {
        throw new IllegalStateException("run " + runId + " was asked and nobody answered");
      }
      reply = topics.takeReply(id);
    }
    return reply;
  }

  /** One move; false if there is nothing to do at this time. */
  public boolean turn() {
    List<Schedule.Move> possible = new ArrayList<>();
    if (!log.isEmpty()) {
      possible.add(Schedule.Move.APPLY);
    }
    if (!works.isEmpty()) {
      possible.add(Schedule.Move.WORK);
    }
    if (!uncommitted.isEmpty()) {
      possible.add(Schedule.Move.COMMIT);
      possible.add(Schedule.Move.ROLL_BACK);
    }
    if (possible.isEmpty()) {
      return false;
    }
    switch (schedule.move(possible)) {
      case APPLY -> apply(log.remove());
      case COMMIT -> commit();
      case ROLL_BACK -> rollBack();
      case WORK -> work(works.remove(schedule.choose(works)));
    }
    return true;
  }

  /** Until there is nothing to do at this time. */
  public void settle() {
    while (turn()) {
      // as turn() says
    }
  }

  /**
   * Lets time pass to the next timer.
   *
   * @param runId null: of any run
   * @return false if there is none
   */
  public boolean skip(@Nullable String runId) {
    Optional<Instant> next = nextTimer(runId);
    next.ifPresent(this::passTo);
    return next.isPresent();
  }

  /** Lets time pass; whatever is due on the way happens at its time. */
  public void advance(Duration time) {
    Instant end = now.plus(time);
    settle();
    for (Optional<Instant> next = nextTimer(null);
        next.isPresent() && !next.get().isAfter(end);
        next = nextTimer(null)) {
      passTo(next.get());
      settle();
    }
    now = end;
  }

  private Optional<Instant> nextTimer(@Nullable String runId) {
    return Stream.of(coordinator.nextTimer(runId), held.nextTimeout(runId))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private void passTo(Instant time) {
    if (time.isAfter(now)) {
      now = time;
    }
    coordinator.due(now).forEach(due -> appendRaw(due.runId(), due.input()));
    held.timeOut(now).forEach(late -> append(late.work().runId(), late.failure()));
  }

  private void apply(Logged input) {
    uncommitted.add(input);
    for (Outgoing out : coordinator.apply(input.runId(), input.input(), input.at())) {
      if (namespace.isEventTopic(out.topic())) {
        dispatched(out);
      } else {
        facts.add(out);
      }
    }
  }

  private void dispatched(Outgoing out) {
    byte[] header = Objects.requireNonNull(out.headers().get(Headers.DISPATCH), out.topic());
    Dispatch dispatch = DISPATCH.decode(header);
    // What only stands for other events has none of its own.
    byte[] value = out.value() == null ? new byte[0] : out.value();
    for (DispatchTarget target : dispatch.getTargets()) {
      works.add(new InlineWork(dispatch, target, value));
    }
  }

  private void commit() {
    coordinator.commit();
    uncommitted.clear();
    for (Outgoing fact : facts) {
      if (fact.topic().equals(namespace.cancels())) {
        held.cancel(CANCEL.decode(Objects.requireNonNull(fact.value(), fact.topic())));
      } else {
        topics.committed(fact, now);
      }
    }
    facts.clear();
  }

  /** Dispatches have left and stay out; facts have not. */
  private void rollBack() {
    coordinator.rollBack();
    facts.clear();
    while (!uncommitted.isEmpty()) {
      log.addFirst(uncommitted.removeLast());
    }
  }

  private void work(InlineWork work) {
    if (held.holds(work)) {
      InlineTry begun = worker.newTry(work);
      append(work.runId(), begun.started());
      held.keep(work, begun, now);
      return;
    }
    switch (schedule.fate(work)) {
      case DONE -> append(work.runId(), worker.run(work));
      case ADOPTED -> adopt(work, true);
      case TWICE -> {
        append(work.runId(), worker.run(work));
        append(work.runId(), worker.run(work));
      }
      case REDELIVERED -> {
        append(work.runId(), worker.run(work));
        works.add(work);
      }
      case LOST_UNSEEN -> {
        worker.run(work);
        works.add(work);
      }
      case LOST_BEFORE -> {
        adopt(work, false);
        lost(work);
      }
      case LOST_AFTER -> {
        adopt(work, true);
        lost(work);
      }
      case GIVEN_UP -> {
        InlineTry begun = worker.newTry(work);
        append(work.runId(), begun.started());
        lost(work);
        append(work.runId(), begun.run());
      }
    }
  }

  private void adopt(InlineWork work, boolean completes) {
    InlineTry begun = worker.newTry(work);
    append(work.runId(), begun.started());
    Object completion = begun.run();
    if (completes) {
      append(work.runId(), completion);
    }
  }

  private void lost(InlineWork work) {
    append(
        work.runId(),
        new WorkerLost(
            work.target().getToken(),
            work.dispatch().getSequence(),
            InlineWorker.INCARNATION,
            "its worker is gone"));
  }

  @Override
  public void close() {
    coordinator.close();
  }
}
