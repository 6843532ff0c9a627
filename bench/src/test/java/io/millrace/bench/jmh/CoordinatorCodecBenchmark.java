package io.millrace.bench.jmh;

import io.millrace.coordinator.codec.DispatchCodec;
import io.millrace.coordinator.codec.EffectRecords;
import io.millrace.coordinator.codec.EntryCodec;
import io.millrace.coordinator.codec.Outgoing;
import io.millrace.coordinator.codec.RunInputCodec;
import io.millrace.coordinator.codec.StateCodec;
import io.millrace.coordinator.core.Entry.OpenExecution;
import io.millrace.coordinator.core.RunEffect;
import io.millrace.coordinator.core.RunInput;
import io.millrace.coordinator.core.RunState;
import io.millrace.protocol.Headers;
import io.millrace.protocol.Namespace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

/** What the coordinator reads and writes for a run of three steps that is in its second step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CoordinatorCodecBenchmark {
  private static final EntryCodec<OpenExecution> EXECUTIONS = EntryCodec.of(OpenExecution.class);

  private final EffectRecords records = new EffectRecords(new Namespace(Namespace.DEFAULT));
  private final RunInput completion;
  private final byte[] completionBytes;
  private final OpenExecution execution;
  private final byte[] executionBytes;
  private final RunState state;
  private final byte[] stateBytes;
  private final RunEffect.Dispatch dispatch;
  private final byte[] dispatchHeader;

  public CoordinatorCodecBenchmark() {
    ScriptedWorkflow chain = ScriptedWorkflow.chain();
    MemoryRun run = new MemoryRun(chain.graph());
    run.apply(Inputs.start());
    dispatch = dispatch(run.complete(chain.steps()));
    dispatchHeader =
        Objects.requireNonNull(
            records.record(dispatch).orElseThrow().headers().get(Headers.DISPATCH));
    completion = Inputs.completed(dispatch.targets().get(0), chain.steps());
    completionBytes = RunInputCodec.encode(run.store().runId(), completion);
    execution = run.store().scan(OpenExecution.class, null, 1).get(0).entry();
    executionBytes = EXECUTIONS.encode(execution);
    state = run.store().state();
    stateBytes = StateCodec.encode(state);
  }

  private static RunEffect.Dispatch dispatch(List<RunEffect> effects) {
    return effects.stream()
        .filter(RunEffect.Dispatch.class::isInstance)
        .map(RunEffect.Dispatch.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Benchmark
  public byte[] encodeCompletion() {
    return RunInputCodec.encode("run-1", completion);
  }

  @Benchmark
  public RunInputCodec.Addressed decodeCompletion() {
    return RunInputCodec.decode(completionBytes);
  }

  @Benchmark
  public byte[] encodeExecution() {
    return EXECUTIONS.encode(execution);
  }

  @Benchmark
  public OpenExecution decodeExecution() {
    return EXECUTIONS.decode(executionBytes);
  }

  @Benchmark
  public byte[] encodeState() {
    return StateCodec.encode(state);
  }

  @Benchmark
  public RunState decodeState() {
    return StateCodec.decode(stateBytes);
  }

  /** The whole record: topic, key, value and headers. */
  @Benchmark
  public Optional<Outgoing> recordOfDispatch() {
    return records.record(dispatch);
  }

  @Benchmark
  public DispatchCodec.Targets targetsOfDispatch() {
    return DispatchCodec.targets(dispatchHeader);
  }
}
