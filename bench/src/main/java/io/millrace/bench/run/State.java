package io.millrace.bench.run;

import static io.millrace.bench.load.Samples.median;

import io.millrace.bench.Bench;
import io.millrace.bench.Benchmark;
import io.millrace.bench.Figure;
import io.millrace.bench.Scale;
import io.millrace.bench.load.Rate;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.ChainFlow;
import io.millrace.bench.step.StateChain;
import java.util.ArrayList;
import java.util.List;

/** What state costs. */
public final class State implements Benchmark {
  @Override
  public String name() {
    return "state";
  }

  @Override
  public String about() {
    return "steps a second of 3-step runs, 1,000 in flight, each step reading and writing 10 keys,"
        + " against the same runs without state";
  }

  @Override
  public boolean usesChains() {
    return true;
  }

  /** In turns, so that both see the same machine: it, and its compilers, change within seconds. */
  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    List<Rate> without = new ArrayList<>();
    List<Rate> with = new ArrayList<>();
    int turns = bench.scale().pick(1, 2, 5); // each begins with a ramp
    for (int turn = 0; turn < turns; turn++) {
      without.add(round(bench, Chain.THREE));
      with.add(round(bench, StateChain.FLOW));
    }
    double stepsWithout = median(without, Rate::perSecond) * Chain.THREE.length();
    double stepsWith = median(with, Rate::perSecond) * StateChain.FLOW.length();
    return List.of(Figure.of("state.steps", stepsWith, "1/s").against(stepsWithout).atLeast(0.7));
  }

  private static Rate round(Bench bench, ChainFlow flow) throws InterruptedException {
    Scale scale = bench.scale();
    Chains chains = bench.chains();
    int many = scale.pick(16, Throughput.FULL, Throughput.FULL);
    return Rate.measure(chains.runs(flow), many, 1, scale.round(), chains.stack()::cpu).get(0);
  }
}
