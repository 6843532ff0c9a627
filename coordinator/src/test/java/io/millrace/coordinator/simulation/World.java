package io.millrace.coordinator.simulation;

import io.millrace.coordinator.core.Answer;
import io.millrace.coordinator.core.Request;
import io.millrace.coordinator.core.RunState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One history from the first start to the last purge: clients, run logs, coordinators, event topics
 * and workers, moved by one queue of actions on virtual time. For a minute everything may go wrong;
 * then nothing does any more, and every run must come to its end or wait for the outside.
 */
final class World {
  private static final long MINUTE = 60_000;
  private static final int MOST_ACTIONS = 60_000;
  private static final int ROUNDS = 6;

  final Timeline timeline = new Timeline();
  final Deeds deeds = new Deeds();
  final List<Law> laws = Law.all();
  final Rules rules;
  final Trace trace;
  final Visited visited;
  final Weather weather;
  final RandomWorkflow workflow;
  final boolean pausesTimeout;
  final boolean internalEvents;
  final Deployments deployments;
  final Network network;
  final EventTopics topics;
  final Workers workers;
  final Behaviour behaviour;
  final Outside outside;
  private final Choices choices;
  private final Map<String, Site> sites = new HashMap<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Client> clients = new TreeMap<>();

  World(Choices choices, Rules.Maker rules, Trace trace, Visited visited) {
    this.choices = choices;
    this.rules = rules.make(deeds);
    this.trace = trace;
    this.visited = visited;
    this.weather = new Weather(choices);
    this.workflow = new RandomWorkflow(site("workflow"));
    this.pausesTimeout = workflow.pauses();
    this.internalEvents = workflow.internalEvents();
    this.deployments = new Deployments(timeline, site("deployments"), workflow);
    this.network = new Network(this);
    this.topics = new EventTopics(this);
    this.workers = new Workers(this);
    this.behaviour = new Behaviour(this);
    this.outside = new Outside(this);
    int partitions = 1 + site("world").draw("partitions", 2);
    for (int i = 0; i < partitions; i++) {
      tasks.add(new Task(this, i));
    }
    int runs = 1 + site("world").draw("runs", 3);
    for (int i = 0; i < runs; i++) {
      clients.put("run-" + i, new Client(this, "run-" + i));
    }
  }

  /**
   * @throws LawBroken at the first thing that must not be
   */
  void live() {
    clients.values().forEach(Client::plan);
    timeline.at(MINUTE, weather::calmDown);
    drain();
    for (int round = 0; anyGoing() && round < ROUNDS; round++) {
      goOn(round);
    }
    clients.values().forEach(Client::check);
    for (Task task : tasks) {
      task.runs().forEach((id, run) -> gone(id, run));
    }
  }

  /** Runs that are still there wait for the outside, and say so; then they are answered. */
  private void goOn(int round) {
    Map<String, Request> looks = new TreeMap<>();
    clients.forEach(
        (id, client) -> {
          if (isGoing(id)) {
            looks.put(id, client.inspect());
          }
        });
    drain();
    looks.forEach(
        (id, request) -> {
          Answer answer = outside.answer(request);
          LawBroken.unless(
              answer instanceof Answer.Snapshot snapshot && snapshot.status().equals("WAITING"),
              "a run does not go on, and does not wait for the outside",
              id,
              answer == null ? "" : answer);
          Client client = clients.get(id);
          if (client != null && round < ROUNDS - 1) {
            client.answerAnew(round);
          } else if (client != null) {
            client.cancel();
          }
        });
    drain();
  }

  private void drain() {
    for (int i = 0; timeline.step(); i++) {
      LawBroken.unless(i < MOST_ACTIONS, "actions without an end");
    }
    for (Task task : tasks) {
      LawBroken.unless(task.idle(), "a coordinator stopped in the middle of its log");
    }
  }

  private boolean anyGoing() {
    return clients.keySet().stream().anyMatch(this::isGoing);
  }

  private boolean isGoing(String runId) {
    SimulatedRun run = taskOf(runId).runs().get(runId);
    return run != null && run.state() instanceof RunState.Running;
  }

  private static void gone(String runId, SimulatedRun run) {
    LawBroken.unless(
        run.state() instanceof RunState.Absent && run.size() == 0,
        "something is left behind",
        runId,
        run.state(),
        run.size());
  }

  Client clientOf(String runId) {
    return Objects.requireNonNull(clients.get(runId));
  }

  Task taskOf(String runId) {
    int number = runId.charAt(runId.length() - 1) - '0';
    return tasks.get(number % tasks.size());
  }

  Site site(String name) {
    return sites.computeIfAbsent(name, n -> new Site(n, choices, weather));
  }

  void lookForLost() {
    tasks.forEach(task -> task.alarms().lookForLost());
  }

  long actions() {
    return timeline.actions();
  }
}
