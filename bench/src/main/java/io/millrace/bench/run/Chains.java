package io.millrace.bench.run;

import io.millrace.bench.Scale;
import io.millrace.bench.load.Operation;
import io.millrace.bench.load.Rate;
import io.millrace.bench.raw.RawChains;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.WorkerProcess;
import io.millrace.bench.stack.WorkerProcess.Job;
import io.millrace.bench.stack.Workers;
import io.millrace.bench.step.ChainFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Processes for chains of steps, and for raw chains of the same lengths, which several benchmarks
 * share: a JVM for the first step of each chain, a JVM for the second, and so on. They have been
 * under load when {@link #start} returns, so that compilers have done most of their work.
 */
public final class Chains implements AutoCloseable {
  private static final int WARM_UP_IN_FLIGHT = 256;

  private final BenchStack stack;
  private final Workers workers;
  private final RawChains raw;

  private Chains(BenchStack stack, Workers workers, RawChains raw) {
    this.stack = stack;
    this.workers = workers;
    this.raw = raw;
  }

  /**
   * @param told takes lines for a person
   */
  public static Chains start(
      BenchStack stack, Scale scale, List<ChainFlow> flows, Consumer<String> told)
      throws InterruptedException {
    told.accept("  starting workers");
    int longest = flows.stream().mapToInt(ChainFlow::length).max().orElseThrow();
    int jvms = scale.pick(1, longest, longest);
    Workers workers = stack.workers(processes(flows, jvms));
    told.accept("  starting raw chains");
    List<Integer> lengths = flows.stream().map(ChainFlow::length).distinct().toList();
    Chains chains = new Chains(stack, workers, stack.rawChains(lengths, jvms));
    told.accept("  warming up");
    // The longest is run one by one, and shares its code with the others.
    List<ChainFlow> loaded = flows.stream().filter(flow -> flow.length() < longest).toList();
    List<ChainFlow> warmed = loaded.isEmpty() ? flows : loaded;
    for (ChainFlow flow : warmed) {
      chains.warmUp(scale, chains.raw(flow), warmed.size());
      chains.warmUp(scale, chains.runs(flow), warmed.size());
    }
    return chains;
  }

  private static List<WorkerProcess> processes(List<ChainFlow> flows, int jvms) {
    List<List<Job>> jobs = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      jobs.add(new ArrayList<>());
    }
    for (ChainFlow flow : flows) {
      for (int i = 0; i < flow.length(); i++) {
        jobs.get(i % jvms).add(new Job(flow.workflow().name(), flow.steps().get(i)));
      }
    }
    List<WorkerProcess> processes = new ArrayList<>();
    jobs.forEach(job -> processes.add(new WorkerProcess("step-" + (processes.size() + 1), job)));
    return processes;
  }

  private void warmUp(Scale scale, Operation operation, int shares) throws InterruptedException {
    int inFlight = scale.pick(2, WARM_UP_IN_FLIGHT, WARM_UP_IN_FLIGHT);
    Rate.measure(operation, inFlight, 1, scale.warmUp().dividedBy(shares), stack::cpu);
  }

  public BenchStack stack() {
    return stack;
  }

  public Operation runs(ChainFlow flow) {
    return new ChainRuns(stack.client(), flow.workflow());
  }

  /** The baseline of {@link #runs}. */
  public Operation raw(ChainFlow flow) {
    return raw.ofLength(flow.length());
  }

  /** Whether a process has to do with Millrace's chains: neither a raw hop nor a stranger. */
  boolean isOurs(String process) {
    return !raw.processes().contains(process);
  }

  /** Whether a process has to do with the raw chains. */
  boolean isRaw(String process) {
    return !process.equals(BenchStack.COORDINATOR) && !workers.names().contains(process);
  }

  @Override
  public void close() {
    workers.close();
    raw.close();
  }
}
