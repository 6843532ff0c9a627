package io.millrace.system;

import static org.awaitility.Awaitility.await;

import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All there is: a cluster of three brokers with its registry, two coordinators, and two copies of
 * every step of {@code tally}. Remembers all runs of {@code tally} that were ever started on it,
 * for the audit.
 */
final class Stack implements AutoCloseable {
  private static final Duration RECOVERY = Duration.ofMinutes(3);

  private final Cluster cluster;
  private final Fleet fleet;
  private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
  private int loads;

  private Stack(Cluster cluster, Fleet fleet) {
    this.cluster = cluster;
    this.fleet = fleet;
  }

  static Stack start() {
    Cluster cluster = Cluster.start();
    Fleet fleet = new Fleet(cluster);
    try {
      fleet.coordinators(2).scale(Service.TALLY, 2);
      return new Stack(cluster, fleet);
    } catch (RuntimeException e) {
      fleet.close();
      cluster.close();
      throw e;
    }
  }

  Cluster cluster() {
    return cluster;
  }

  Fleet fleet() {
    return fleet;
  }

  /** A client in this JVM, to be closed. */
  WorkflowClient client() {
    return WorkflowClient.create(MillraceConfig.of(cluster.client()));
  }

  /** Everything that faults may happen to. */
  List<Member> members() {
    List<Member> all = new ArrayList<>(cluster.members());
    all.addAll(fleet.members());
    return all;
  }

  /**
   * Does something while runs of {@code tally} are started and end, and audits all afterwards.
   *
   * @throws AssertionError if a run did not end as it should, or anything was left behind
   */
  void underLoad(Happening happening) throws Exception {
    Load load = Load.begin(cluster, "load-" + ++loads, 4, runs);
    try {
      awaitProgress(load, 5);
      happening.happen(load);
      awaitProgress(load, 5);
    } finally {
      load.end();
    }
    cluster.awaitRegistry();
    cluster.awaitInSync();
    new Auditor(cluster).audit(runs);
  }

  /** What is done to the stack. */
  interface Happening {
    void happen(Load load) throws Exception;
  }

  /** Returns when so many more runs have ended: whatever happened, work goes on. */
  static void awaitProgress(Load load, int more) {
    int before = load.count();
    await("that runs go on")
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> load.count() >= before + more);
  }

  /** What all containers have said that were started again by themselves. */
  Optional<String> restarts() {
    String counts =
        members().stream()
            .filter(member -> Docker.restarts(member) > 0)
            .map(member -> member + " " + Docker.restarts(member))
            .reduce("", (all, one) -> all.isEmpty() ? one : all + ", " + one);
    return counts.isEmpty() ? Optional.empty() : Optional.of(counts);
  }

  @Override
  public void close() {
    fleet.close();
    cluster.close();
  }
}
