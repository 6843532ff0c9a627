package io.millrace.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a running run while one input is applied: read once, changed in place, stored once.
 * The rules' small classes share it.
 */
final class LiveRun {
  /** Of a run's notes, so many newest are kept. */
  static final int KEPT_NOTES = 100;

  /** Of those who repeat a start before its verdict, so many newest are told. */
  private static final int KEPT_REQUESTS = 16;

  private static final int LONGEST_NOTE = 500;

  /** Longer delays mean "never"; instants far beyond cannot be represented everywhere. */
  private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

  final Turn turn;
  final RunStore store;
  final Entry.RunSettings settings;
  final int epoch;
  boolean admitted;
  int open;
  int suspended;
  int parked;
  int prompts;
  int chunks;
  int buffered;
  int seen;
  int early;
  int fanOuts;
  @Nullable String updating;
  int contending;
  long streamEvents;
  boolean streamed;
  long stateBytes;
  @Nullable Duration timeoutLeft;
  @Nullable Instant quietSince;
  @Nullable Instant graceDue;
  final Map<String, RunState.Load> loads;
  private final RunState.@Nullable Running before;
  private List<Request> pendingStarts;
  private long nextSequence;
  private long notes;
  private Instant now;
  private boolean over;

  private LiveRun(Turn turn, RunState.Running head, boolean isNew, int epoch) {
    this.turn = turn;
    this.store = turn.store();
    this.before = isNew ? null : head;
    this.settings = head.settings();
    this.epoch = epoch;
    this.admitted = head.admitted();
    this.pendingStarts = head.pendingStarts();
    this.nextSequence = head.nextSequence();
    this.open = head.open();
    this.suspended = head.suspended();
    this.parked = head.parked();
    this.prompts = head.prompts();
    this.chunks = head.chunks();
    this.buffered = head.buffered();
    this.seen = head.seen();
    this.early = head.early();
    this.fanOuts = head.fanOuts();
    this.updating = head.updating();
    this.contending = head.contending();
    this.streamEvents = head.streamEvents();
    this.loads = new TreeMap<>(head.loads());
    this.notes = head.notes();
    this.streamed = head.streamed();
    this.stateBytes = head.stateBytes();
    this.timeoutLeft = head.timeoutLeft();
    this.quietSince = head.quietSince();
    this.graceDue = head.graceDue();
    this.now = turn.timeSince(head.lastAt());
  }

  static LiveRun of(Turn turn, RunState.Running head) {
    return new LiveRun(turn, head, false, head.epoch());
  }

  /** A run that begins with this input. */
  static LiveRun begin(Turn turn, Entry.RunSettings settings) {
    Instant at = settings.startedAt();
    RunState.Running head =
        new RunState.Running(
            settings, 1, false, List.of(), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, 0, 0, Map.of(), 0,
            false, 0, null, null, null, at);
    return new LiveRun(turn, head, true, head.epoch());
  }

  /** A failed run that goes on (law 16): as it was, but all its clocks begin anew. */
  static LiveRun reopen(Turn turn, RunState.Finished end, RunState.Running frozen) {
    LiveRun run = new LiveRun(turn, frozen, true, frozen.epoch() + 1);
    run.nextSequence = end.nextSequence();
    run.now = turn.timeSince(end.lastAt());
    run.timeoutLeft = null;
    run.quietSince = null;
    run.graceDue = null;
    return run;
  }

  Instant now() {
    return now;
  }

  /** A timer that fires is due, whatever the clock of the broker says. */
  void notBefore(Instant due) {
    if (now.isBefore(due)) {
      now = due;
    }
  }

  long next() {
    return nextSequence++;
  }

  /** The run has ended in this turn; nothing more may happen to it. */
  boolean over() {
    return over;
  }

  void end(Outcome outcome, RunState.@Nullable Running frozen) {
    over = true;
    store.state(new RunState.Finished(settings, outcome, nextSequence, now, frozen));
  }

  void vanish() {
    over = true;
    store.state(new RunState.Absent());
  }

  /** Stores the head, unless nothing but time has passed. */
  void save() {
    if (over) {
      return;
    }
    RunState.Running head = head(now);
    if (before == null || !head(before.lastAt()).equals(before)) {
      store.state(head);
    }
  }

  /** As it stands. */
  RunState.Running head() {
    return head(now);
  }

  private RunState.Running head(Instant at) {
    return new RunState.Running(
        settings,
        epoch,
        admitted,
        pendingStarts,
        nextSequence,
        open,
        suspended,
        parked,
        prompts,
        chunks,
        buffered,
        seen,
        early,
        fanOuts,
        updating,
        contending,
        streamEvents,
        loads,
        notes,
        streamed,
        stateBytes,
        timeoutLeft,
        quietSince,
        graceDue,
        at);
  }

  /** A try has told how many events it wrote to the stream. */
  void streamed(int events) {
    streamed |= events > 0;
    streamEvents += Math.max(0, events);
  }

  void awaitVerdict(@Nullable Request request) {
    if (request == null || pendingStarts.contains(request)) {
      return;
    }
    List<Request> waiting = new ArrayList<>(pendingStarts);
    waiting.add(request);
    while (waiting.size() > KEPT_REQUESTS) {
      waiting.remove(0);
    }
    pendingStarts = waiting;
  }

  void answerStarts(Answer answer, @Nullable Outcome outcome) {
    for (Request request : pendingStarts) {
      turn.reply(request, answer, outcome);
    }
    pendingStarts = List.of();
  }

  /** For whoever inspects the run. */
  void note(String text) {
    String kept = text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE) + "...";
    store.put(Keys.note(notes), new Entry.Note(now, kept));
    if (notes >= KEPT_NOTES) {
      store.remove(Keys.note(notes - KEPT_NOTES));
    }
    notes++;
  }

  /** Replaces the timer of that id: the old one's firing is then stale (law 2). */
  Instant setTimer(String id, Duration delay) {
    Instant due = now.plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
    store.put(Keys.timer(id), new Entry.Timer(due, next()));
    return due;
  }

  void dropTimer(String id) {
    store.remove(Keys.timer(id));
  }

  Entry.@Nullable OpenExecution execution(String id) {
    return store.get(Keys.execution(id));
  }

  /** The open execution whose current token this is (law 1); null after saying why not. */
  Entry.@Nullable OpenExecution current(Token token) {
    Entry.OpenExecution execution = execution(token.executionId());
    if (execution == null) {
      turn.disregard(
          RunEffect.Reason.UNKNOWN_EXECUTION, token.executionId() + " is not open in this run");
      return null;
    }
    if (!Phases.out(execution) || !execution.token().equals(token)) {
      turn.disregard(
          RunEffect.Reason.STALE_TOKEN, token + " came, the current one is " + execution.token());
      return null;
    }
    return execution;
  }

  /** The steps that the event is for, by name. {@code toStep} null: all that accept it. */
  List<StepSpec> accepting(Event event, @Nullable String toStep) {
    List<StepSpec> steps = turn.graph().accepting(settings.workflow(), event.type());
    return toStep == null
        ? steps
        : steps.stream().filter(step -> step.step().equals(toStep)).toList();
  }

  /** What is known of the step now; an unregistered one gets no retry and the usual bounds. */
  StepSpec spec(String step) {
    StepSpec spec = turn.graph().step(settings.workflow(), step);
    return spec != null ? spec : StepSpec.unregistered(settings.workflow(), step);
  }

  void put(Entry.OpenExecution execution) {
    store.put(Keys.execution(execution.id()), execution);
  }
}
