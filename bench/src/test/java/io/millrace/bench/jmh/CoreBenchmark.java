package io.millrace.bench.jmh;

import io.millrace.coordinator.core.RunEffect;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The core's transitions: an operation is a whole run on a store in memory, start to outcome. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CoreBenchmark {
  private final ScriptedWorkflow chain = ScriptedWorkflow.chain();

  /** Four inputs: the start and three completions. */
  @Benchmark
  public List<RunEffect> chainOf3() {
    return new MemoryRun(chain.graph()).live(chain.steps());
  }
}
