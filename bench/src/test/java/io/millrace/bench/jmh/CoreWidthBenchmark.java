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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What fan-in costs by width: an operation is a whole run on a store in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CoreWidthBenchmark {
  @Param({"100", "10000"})
  public int width;

  private ScriptedWorkflow fanOut = ScriptedWorkflow.fanOut(1);
  private ScriptedWorkflow collecting = ScriptedWorkflow.collecting(1);

  @Setup
  public void widen() {
    fanOut = ScriptedWorkflow.fanOut(width);
    collecting = ScriptedWorkflow.collecting(width);
  }

  /** {@code width} + 3 inputs: start, list, members, join. */
  @Benchmark
  public List<RunEffect> fanOutAndJoin() {
    return new MemoryRun(fanOut.graph()).live(fanOut.steps());
  }

  /** {@code width} + 3 inputs: start, events, one offer each, the set. */
  @Benchmark
  public List<RunEffect> collectEvents() {
    return new MemoryRun(collecting.graph()).live(collecting.steps());
  }
}
