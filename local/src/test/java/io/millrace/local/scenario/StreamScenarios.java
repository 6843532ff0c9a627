package io.millrace.local.scenario;

import static io.millrace.local.scenario.Words.BEGIN;
import static io.millrace.local.scenario.Words.TWICE;
import static io.millrace.local.scenario.Words.done;
import static io.millrace.local.scenario.Words.join;
import static io.millrace.local.scenario.Words.split;
import static io.millrace.local.scenario.Words.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.OutcomeSummary;
import io.millrace.RunContext;
import io.millrace.StartOptions;
import io.millrace.Step;
import io.millrace.StreamCursor;
import io.millrace.StreamOptions;
import io.millrace.StreamedEvent;
import io.millrace.local.scenario.Scenario.On;
import io.millrace.local.scenario.Words.A;
import io.millrace.local.scenario.Words.Answer;
import io.millrace.local.scenario.Words.B;
import io.millrace.local.scenario.Words.Begin;
import io.millrace.local.scenario.Words.Done;
import io.millrace.local.scenario.Words.Progress;
import io.millrace.protocol.OutcomeStatus;
import io.millrace.step.RetryPolicy;
import io.millrace.step.StepBuilder.Handler;
import io.millrace.step.StepDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What readers of a run's stream see. */
final class StreamScenarios {
  private StreamScenarios() {}

  /** As users write it. */
  static final class Telling {
    @Step(streams = Progress.class)
    public Done tellAll(Begin begin, RunContext context) {
      IntStream.rangeClosed(1, 50).forEach(i -> tell(context, "" + i));
      return done("told");
    }
  }

  static List<Scenario> all() {
    return List.of(
        Scenario.of(
            "O1_events_of_an_attempt_come_in_the_order_in_which_they_were_written",
            () -> List.of(new Telling()),
            stage ->
                assertThat(view(stage.start(BEGIN).stream()))
                    .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 50).mapToObj(Integer::toString).toList())),
        Scenario.of(
            "O1_events_appear_while_the_run_goes_on",
            () ->
                List.of(
                    telling((begin, context) -> new A("more")),
                    step("more").emits(Done.class).handler(A.class, (a, context) -> done("more"))),
            stage -> {
              stage.hold("more");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("more", 1);

              assertThat(view(run.streamed(1))).containsExactly("begin");
              stage.release("more");
              assertThat(run.result(Done.class)).isEqualTo(done("more"));
            }),
        Scenario.of(
            "O1_an_event_is_seen_though_its_attempt_does_not_end",
            () ->
                List.of(
                    step("tell")
                        .streams(Progress.class)
                        .emits(Done.class)
                        .waitsFor(Answer.class)
                        .handler(
                            Begin.class,
                            (begin, context) -> {
                              tell(context, "before the answer");
                              return done(context.waitForEvent(Answer.class).text());
                            })),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              run.awaitQuiet();

              assertThat(view(run.streamed(1))).containsExactly("before the answer");
              run.send(new Answer("go on"));
              assertThat(run.result(Done.class)).isEqualTo(done("go on"));
              assertThat(view(run.stream())).containsExactly("before the answer");
            }),
        Scenario.of(
            "O1_every_reader_gets_all_from_the_start_and_the_rest_from_a_cursor",
            () -> List.of(new Telling()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              List<StreamedEvent> all = run.stream();
              StreamCursor cursor = StreamCursor.parse(all.get(24).cursor().toString());

              assertThat(texts(run.stream())).isEqualTo(texts(all));
              assertThat(texts(run.stream(StreamOptions.from(cursor))))
                  .isEqualTo(texts(all.subList(25, all.size())));
            }),
        Scenario.of(
            "O1_reading_ends_with_the_terminal_event_which_has_the_outcome",
            () -> List.of(new Telling()),
            stage -> {
              List<StreamedEvent> all = stage.start(BEGIN).stream();
              StreamedEvent last = all.get(all.size() - 1);

              assertThat(all).filteredOn(StreamedEvent::isTerminal).containsExactly(last);
              assertThat(last.type()).isEqualTo("Done");
              assertThat(last.as(Done.class)).isEqualTo(done("told"));
              assertThat(last.outcome().map(OutcomeSummary::status))
                  .hasValue(OutcomeStatus.COMPLETED);
            }),
        Scenario.of(
            "O1_events_of_many_steps_at_once_are_all_there_each_with_its_origin",
            () ->
                List.of(
                    split(parts(10)),
                    step("tell")
                        .streams(Progress.class)
                        .emits(B.class)
                        .handler(
                            A.class,
                            (a, context) -> {
                              tell(context, a.name() + "-1");
                              tell(context, a.name() + "-2");
                              return new B(a.name());
                            }),
                    join(B.class)),
            stage -> {
              Map<String, List<String>> views = views(stage.start(BEGIN).stream());

              assertThat(views.values())
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.range(0, 10)
                          .mapToObj(i -> List.of("a" + i + "-1", "a" + i + "-2"))
                          .toList());
            }),
        Scenario.of(
            "O2_a_new_attempt_after_a_failure_announces_itself_and_supersedes_the_old",
            () -> List.of(fallible()),
            stage -> {
              StagedRun run = stage.start(BEGIN);
              List<StreamedEvent> all = run.stream();

              assertThat(view(all)).containsExactly("attempt 2", "done");
              assertThat(all)
                  .filteredOn(event -> event.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED)
                  .isNotEmpty()
                  .allSatisfy(event -> assertThat(event.step()).isEqualTo("tell"));
              if (stage.isCalm()) {
                assertThat(texts(all))
                    .containsExactly(
                        "attempt 1", "ATTEMPT_RESTARTED", "attempt 2", "done", "TERMINAL");
              }
            }),
        Scenario.of(
            "O2_internal_events_are_yielded_on_request_only",
            () -> List.of(fallible()),
            stage -> {
              StagedRun run = stage.start(BEGIN, StartOptions.ofDefaults().withInternalEvents());
              run.result(Done.class);
              List<String> plain = texts(run.stream());
              List<String> internal = texts(run.stream(StreamOptions.fromStart().withInternal()));

              assertThat(plain).doesNotContain("INTERNAL");
              assertThat(internal).contains("INTERNAL");
              assertThat(internal).filteredOn(text -> !text.equals("INTERNAL")).isEqualTo(plain);
            }),
        Scenario.of(
            "O2_a_restart_of_the_coordinator_repeats_nothing",
            () ->
                List.of(
                    telling((begin, context) -> new A("more")),
                    step("more")
                        .streams(Progress.class)
                        .emits(Done.class)
                        .handler(
                            A.class,
                            (a, context) -> {
                              tell(context, "more");
                              return done("more");
                            })),
            stage -> {
              stage.hold("more");
              StagedRun run = stage.start(BEGIN);
              stage.awaitHeld("more", 1);
              stage.restartCoordinator();
              stage.release("more");

              assertThat(run.result(Done.class)).isEqualTo(done("more"));
              assertThat(view(run.stream())).containsExactly("begin", "more");
              assertThat(run.stream()).filteredOn(StreamedEvent::isTerminal).hasSize(1);
            }),
        Scenario.of(
            "O3_a_run_that_streams_nothing_has_the_terminal_event_only",
            () ->
                List.of(
                    step("quiet")
                        .emits(Done.class)
                        .handler(Begin.class, (begin, context) -> done("quiet"))),
            stage -> {
              StagedRun run = stage.start(BEGIN);

              assertThat(texts(run.stream())).containsExactly("TERMINAL");
              assertThat(run.result(Done.class)).isEqualTo(done("quiet"));
              assertThat(texts(run.stream())).containsExactly("TERMINAL");
            }),
        Scenario.of(
                "O4_a_stream_is_there_until_its_retention_has_passed_and_its_outcome_for_longer",
                () -> List.of(new Telling()),
                stage -> {
                  StagedRun run = stage.start(BEGIN);
                  run.result(Done.class);
                  stage.advance(Duration.ofHours(23));
                  assertThat(view(run.stream())).hasSize(50);
                  stage.advance(Duration.ofHours(2));

                  assertThat(texts(run.stream())).containsExactly("TERMINAL");
                  assertThat(run.result(Done.class)).isEqualTo(done("told"));
                })
            .notOn("a day takes a day", On.BROKER));
  }

  private static void tell(RunContext context, String text) {
    context.writeEventToStream(new Progress(text));
  }

  /** Tells the name of what it begins with. */
  private static StepDefinition telling(Handler<Begin> handler) {
    return telling(
        RetryPolicy.ofDefaults(),
        (begin, context) -> {
          tell(context, begin.name());
          return handler.handle(begin, context);
        });
  }

  private static StepDefinition telling(RetryPolicy retry, Handler<Begin> handler) {
    return step("tell")
        .streams(Progress.class)
        .emits(A.class, Done.class)
        .retry(retry)
        .handler(Begin.class, handler);
  }

  /** Fails its first attempt after it has told something. */
  private static StepDefinition fallible() {
    return telling(
        TWICE,
        (begin, context) -> {
          tell(context, "attempt " + context.attempt());
          if (context.attempt() == 1) {
            throw new IllegalStateException("once more");
          }
          tell(context, "done");
          return done("told");
        });
  }

  /** A progress by its text, all else by its kind. */
  private static List<String> texts(List<StreamedEvent> stream) {
    return stream.stream()
        .map(
            event ->
                event.is(Progress.class)
                    ? event.as(Progress.class).text()
                    : event.kind().toString())
        .toList();
  }

  /** What a view shows in the end that forgets what is superseded. */
  private static List<String> view(List<StreamedEvent> stream) {
    return views(stream).values().stream().flatMap(List::stream).toList();
  }

  /** By execution. */
  private static Map<String, List<String>> views(List<StreamedEvent> stream) {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    for (StreamedEvent event : stream) {
      if (event.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED) {
        shown.remove(event.executionId());
      } else if (event.is(Progress.class)) {
        shown
            .computeIfAbsent(event.executionId(), id -> new ArrayList<>())
            .add(event.as(Progress.class).text());
      }
    }
    return shown;
  }

  private static A[] parts(int count) {
    return IntStream.range(0, count).mapToObj(i -> new A("a" + i)).toArray(A[]::new);
  }
}
