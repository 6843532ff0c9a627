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

  @Override
  public List<Figure> run(Bench bench) throws InterruptedException {
    double without = stepsPerSecond(bench, Chain.THREE);
    double with = stepsPerSecond(bench, StateChain.FLOW);
    return List.of(Figure.of("state.steps", with, "1/s").against(without).atLeast(0.7));
  }

  private static double stepsPerSecond(Bench bench, ChainFlow flow) throws InterruptedException {
    Scale scale = bench.scale();
    Chains chains = bench.chains();
    int many = scale.pick(16, Throughput.FULL, Throughput.FULL);
    List<Rate> rates =
        Rate.measure(chains.runs(flow), many, scale.rounds(), scale.round(), chains.stack()::cpu);
    return median(rates, Rate::perSecond) * flow.length();
  }
}
