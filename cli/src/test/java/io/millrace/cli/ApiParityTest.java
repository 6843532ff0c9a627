package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.WorkflowClient;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.history.RunHistory;
import io.millrace.coordinator.index.DeadLetterPage;
import io.millrace.coordinator.index.RunPage;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.http.api.Backend;
import io.millrace.http.api.Routes;
import io.millrace.http.look.Looks;
import io.millrace.http.route.Route;
import io.millrace.http.stream.Heartbeats;
import io.millrace.http.stream.Streams;
import io.millrace.observe.metrics.Metrics;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The command does all that the HTTP API does. A route, a parameter or a field of a request that is
 * new fails here until it has a command, or stands among those that are for programs only.
 */
class ApiParityTest {
  /** Operation to the command that does the same. */
  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("listWorkflows", "steps"),
          Map.entry("getWorkflow", "events"),
          Map.entry("getActivity", "activity"),
          Map.entry("listRuns", "runs"),
          Map.entry("getRun", "inspect"),
          Map.entry("getOutcome", "inspect"),
          Map.entry("getHistory", "inspect"),
          Map.entry("startRun", "start"),
          Map.entry("sendEvent", "send"),
          Map.entry("cancelRun", "cancel"),
          Map.entry("redriveRun", "redrive"),
          Map.entry("streamRun", "tail"),
          Map.entry("listDeadLetters", "dead-letters"));

  /** They tell of the server itself: a command that goes straight to Kafka has none. */
  private static final Set<String> OF_THE_SERVER =
      Set.of("getHealth", "getReadiness", "getMetrics", "getCaller", "getDocument");

  /** What a request may say, to the option or argument that says it; empty: see the comment. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("getWorkflow workflow", "WORKFLOW"),
          Map.entry("getActivity workflow", "WORKFLOW"),
          Map.entry("listRuns workflow", "WORKFLOW"),
          Map.entry("listRuns status", "--status"),
          Map.entry("listRuns startedFrom", "--since"),
          Map.entry("listRuns startedBefore", "--started-before"),
          Map.entry("listRuns limit", "--limit"),
          Map.entry("listRuns cursor", ""), // the command turns the pages itself
          Map.entry("getRun runId", "RUN"),
          Map.entry("getOutcome runId", "RUN"),
          Map.entry("getOutcome waitSeconds", "--wait"),
          Map.entry("getHistory runId", "RUN"),
          Map.entry("startRun waitSeconds", "--wait"),
          Map.entry("startRun workflow", "WORKFLOW"),
          Map.entry("startRun event", "JSON"),
          Map.entry("startRun startType", "--type"),
          Map.entry("startRun runId", "--run-id"),
          Map.entry("startRun timeout", "--timeout"),
          Map.entry("startRun pauseTimeoutWhileWaiting", "--pause-timeout-while-waiting"),
          Map.entry("startRun internalEvents", "--internal-events"),
          Map.entry("startRun state", "--state"),
          Map.entry("startRun outcomeKeys", "--outcome-key"),
          Map.entry("sendEvent runId", "RUN"),
          Map.entry("sendEvent type", "TYPE"),
          Map.entry("sendEvent event", "JSON"),
          Map.entry("sendEvent eventId", "--event-id"),
          Map.entry("sendEvent inReplyTo", "--in-reply-to"),
          Map.entry("sendEvent toStep", "--to-step"),
          Map.entry("cancelRun runId", "RUN"),
          Map.entry("cancelRun reason", "--reason"),
          Map.entry("redriveRun runId", "RUN"),
          Map.entry("redriveRun executionId", "--execution"),
          Map.entry("streamRun runId", "RUN"),
          Map.entry("streamRun Accept", "--json"),
          Map.entry("streamRun Last-Event-ID", "--from"),
          Map.entry("streamRun after", "--from"),
          Map.entry("streamRun from", "--from"),
          Map.entry("streamRun internal", "--internal"),
          Map.entry("listDeadLetters workflow", "WORKFLOW"),
          Map.entry("listDeadLetters runId", "--run"),
          Map.entry("listDeadLetters step", "--step"),
          Map.entry("listDeadLetters limit", "--limit"),
          Map.entry("listDeadLetters cursor", "")); // as above

  @Test
  void there_is_a_command_for_every_route() {
    Set<String> served = new TreeSet<>();
    Set<String> known = new TreeSet<>(COMMANDS.keySet());
    known.addAll(OF_THE_SERVER);
    routes().forEach(route -> served.add(route.operation()));

    assertThat(served).isEqualTo(known);
    assertThat(Millrace.commandLine().getSubcommands().keySet()).containsAll(COMMANDS.values());
    assertThat(words("inspect")).contains("--outcome", "--history");
  }

  @Test
  void whatever_a_request_may_say_can_be_said_to_its_command() {
    Set<String> said = new TreeSet<>();
    for (Route route : routes()) {
      if (!OF_THE_SERVER.contains(route.operation())) {
        said(route).forEach(word -> said.add(route.operation() + " " + word));
      }
    }

    assertThat(said).isEqualTo(new TreeSet<>(WORDS.keySet()));
    WORDS.forEach(
        (request, word) -> {
          String command = COMMANDS.getOrDefault(request.split(" ")[0], "");
          assertThat(word.isEmpty() || words(command).contains(word))
              .as("%s: %s of %s", request, word, command)
              .isTrue();
        });
  }

  private static Stream<String> said(Route route) {
    return Stream.concat(
        route.parameters().stream().map(parameter -> parameter.name()),
        route.body().stream()
            .flatMap(body -> Arrays.stream(body.getRecordComponents()))
            .map(RecordComponent::getName));
  }

  /** Options, and arguments by their labels. */
  private static Set<String> words(String command) {
    CommandLine.Model.CommandSpec spec =
        Objects.requireNonNull(Millrace.commandLine().getSubcommands().get(command))
            .getCommandSpec();
    Set<String> words = new TreeSet<>(spec.optionsMap().keySet());
    spec.positionalParameters().forEach(argument -> words.add(argument.paramLabel()));
    return words;
  }

  /** The table as the server makes it; nothing is asked of what is behind it. */
  private static List<Route> routes() {
    WorkflowClient client =
        (WorkflowClient)
            Proxy.newProxyInstance(
                ApiParityTest.class.getClassLoader(),
                new Class<?>[] {WorkflowClient.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("nobody asks: " + method);
                });
    try (Metrics metrics = new Metrics("test");
        Heartbeats heartbeats = new Heartbeats(Duration.ofMinutes(1))) {
      Backend backend =
          new Backend(
              client,
              new StepBook(Limits.ofDefaults()),
              UnaryOperator.identity(),
              (filter, after, limit) -> new RunPage(List.of(), Optional.empty()),
              List::of,
              run -> new RunHistory(List.of(), List.of(), Optional.empty()),
              (filter, before, limit) -> new DeadLetterPage(List.of(), Optional.empty()),
              () -> true,
              metrics);
      Looks looks = new Looks(client);
      return Routes.of(backend, looks, new Streams(looks, 1, 1, heartbeats), "test");
    }
  }
}
