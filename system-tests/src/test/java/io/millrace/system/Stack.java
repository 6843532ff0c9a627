package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.system.tally.Count;
import io.millrace.system.tally.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * All there is: a cluster of three brokers with its registry, two coordinators, and two copies of
 * every step of {@code tally}. Each load is audited by itself, and all of them together once more
 * when this is closed.
 */
final class Stack implements AutoCloseable {
  private static final Duration RECOVERY = Duration.ofMinutes(3);

  /** Runs at a time, where nothing else is said. */
  private static final int RUNNERS = 4;

  /** Runs that end before something happens, and after it. */
  private static final int BEFORE_AND_AFTER = 3;

  /** Id of the one that writes to {@link #disk}. */
  static final int BROKER_WITH_SMALL_DISK = 3;

  /** Enough for all scenarios together. */
  private static final int DISK_MEGABYTES = 1_500;

  private final SmallDisk disk;
  private final Cluster cluster;
  private final Fleet fleet;
  private final Ends ends;
  private final Litter litter;
  private final Auditor auditor;
  private final Queue<Run> remembered = new ConcurrentLinkedQueue<>();
  private final Queue<OtherRun> others = new ConcurrentLinkedQueue<>();
  private final List<Run> started = new ArrayList<>();
  private final List<Run> audited = new ArrayList<>();
  private int loads;

  private Stack(SmallDisk disk, Cluster cluster, Fleet fleet, Ends ends) {
    this.disk = disk;
    this.cluster = cluster;
    this.fleet = fleet;
    this.ends = ends;
    this.litter = new Litter(cluster);
    this.auditor = new Auditor(cluster, litter.places());
  }

  static Stack start() {
    SmallDisk disk = SmallDisk.of(DISK_MEGABYTES);
    try {
      Cluster cluster = Cluster.start(3, disk.forBroker(BROKER_WITH_SMALL_DISK));
      return start(disk, cluster, new Fleet(cluster), new Ends());
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  private static Stack start(SmallDisk disk, Cluster cluster, Fleet fleet, Ends ends) {
    try {
      fleet.coordinators(2).scale(Service.TALLY, 2);
      return new Stack(disk, cluster, fleet, ends);
    } catch (RuntimeException e) {
      ends.close();
      fleet.close();
      cluster.close();
      throw e;
    }
  }

  /** What can be filled. */
  SmallDisk disk() {
    return disk;
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
   * Does something while runs of {@code tally} are started and end, and audits them afterwards.
   *
   * @return the load, which has ended
   * @throws AssertionError if a run did not end as it should, or anything was left behind
   */
  Load underLoad(Happening happening) throws Exception {
    return underLoad(RUNNERS, happening);
  }

  /**
   * As {@link #underLoad(Happening)}.
   *
   * @param runners runs at a time
   */
  Load underLoad(int runners, Happening happening) throws Exception {
    return underLoad(Load.TALLY, runners, happening);
  }

  /** As {@link #underLoad(Happening)}, with runs of another workflow that has the same steps. */
  Load underLoad(Workflow<Count, Tally> workflow, Happening happening) throws Exception {
    return underLoad(workflow, RUNNERS, happening);
  }

  private Load underLoad(Workflow<Count, Tally> workflow, int runners, Happening happening)
      throws Exception {
    Queue<Run> runs = new ConcurrentLinkedQueue<>();
    int endsBefore = ends().size();
    Load begun = Load.begin(cluster, workflow, "load-" + ++loads, runners, runs);
    try (Load load = begun) {
      awaitProgress(load, BEFORE_AND_AFTER);
      happening.happen(load);
      awaitProgress(load, BEFORE_AND_AFTER);
    } finally {
      runs.addAll(remembered);
      remembered.clear();
      started.addAll(runs);
      ends().stream().skip(endsBefore).forEach(System.out::println);
    }
    cluster.awaitRegistry();
    cluster.awaitInSync();
    audited.addAll(runs);
    auditor.audit(runs, started);
    auditOthers();
    return begun;
  }

  /** To put something on topics that the audits are to expect. */
  Litter litter() {
    return litter;
  }

  /** A run that a test is about to start itself under load, for the audit. */
  void remember(Run run) {
    remembered.add(run);
  }

  /** A run of another workflow that a test has started, for the next audit. */
  void remember(OtherRun run) {
    others.add(run);
  }

  /** Audits the other runs that tests have started since the last audit. */
  void auditOthers() {
    List<OtherRun> ended = new ArrayList<>();
    for (OtherRun run = others.poll(); run != null; run = others.poll()) {
      ended.add(run);
    }
    auditor.auditOthers(ended);
  }

  /** What is done to the stack. */
  interface Happening {
    void happen(Load load) throws Exception;
  }

  /** Returns when every container is healthy, whatever happened to it. */
  void awaitAllBack() {
    for (Member member : fleet.members()) {
      awaitHealthy(member, RECOVERY);
    }
    cluster.awaitRegistry();
    cluster.awaitInSync();
  }

  /** Returns when its image's own check says so. */
  static void awaitHealthy(Member member, Duration atMost) {
    await(member + " is healthy")
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(Docker.health(member)).isEqualTo("healthy"));
  }

  /** Returns when so many more runs have ended: whatever happened, work goes on. */
  static void awaitProgress(Load load, int more) {
    int before = load.count();
    await("that runs go on")
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> load.count() >= before + more);
  }

  /** Which containers have ended by themselves so far, and were started again. */
  List<String> ends() {
    return ends.all();
  }

  /** As {@link #ends}, for a report; empty if there is none. */
  Optional<String> restarts() {
    List<String> all = ends();
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  /**
   * @throws AssertionError if something went wrong after it was audited
   */
  @Override
  public void close() {
    try {
      restarts().ifPresent(all -> System.out.println("on the shared stack: " + all));
      if (!audited.isEmpty()) {
        auditor.auditAll(audited, started);
      }
    } catch (RuntimeException | AssertionError e) {
      Logs.save("after-all");
      throw e;
    } finally {
      ends.close();
      fleet.close();
      cluster.close();
      disk.close();
    }
  }
}
