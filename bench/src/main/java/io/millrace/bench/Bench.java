package io.millrace.bench;

import io.millrace.bench.run.Chains;
import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.StackOptions;
import io.millrace.bench.step.Chain;
import io.millrace.bench.step.ChainFlow;
import io.millrace.bench.step.StateChain;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a benchmark is given. For one thread, except for {@link #close}. */
public final class Bench implements AutoCloseable {
  private final Scale scale;
  private final StackOptions options;
  private final Consumer<String> progress;
  private final List<BenchStack> started = new ArrayList<>();
  private volatile boolean closed;
  private @Nullable BenchStack stack;
  private @Nullable Chains chains;

  /**
   * @param options whose JVM options come after those of the scale, and so win
   * @param progress takes a line for a person
   */
  public Bench(Scale scale, StackOptions options, Consumer<String> progress) {
    this.scale = scale;
    List<String> jvm = new ArrayList<>(scale.jvm());
    jvm.addAll(options.jvm());
    this.options = options.withJvm(jvm);
    this.progress = progress;
  }

  public Scale scale() {
    return scale;
  }

  /** The stack that all benchmarks share; the first call starts it. */
  public BenchStack stack() throws InterruptedException {
    BenchStack shared = stack;
    if (shared == null) {
      String retention = Long.toString(scale.streamRetention().toMillis());
      shared = start(options.with("millrace.stream.retention.ms", retention));
      stack = shared;
    }
    return shared;
  }

  /** The chains that some benchmarks share, warm; the first call starts them. */
  public Chains chains() throws InterruptedException {
    Chains shared = chains;
    if (shared == null) {
      List<ChainFlow> flows = List.of(Chain.THREE, Chain.FIVE, StateChain.FLOW);
      shared = Chains.start(stack(), scale, flows, progress);
      chains = shared;
    }
    return shared;
  }

  /**
   * Runs one; ends chains that it does not use.
   *
   * @throws IllegalStateException if a result is wrong, or a process died
   */
  public List<Figure> run(Benchmark benchmark) throws InterruptedException {
    Chains shared = chains;
    if (shared != null && !benchmark.usesChains()) {
      shared.close();
      chains = null;
    }
    List<Figure> figures = benchmark.run(this);
    figures.forEach(figure -> progress("  " + figure));
    synchronized (started) {
      started.forEach(BenchStack::check);
    }
    return figures;
  }

  /** Another stack beside the shared one, for whoever needs other settings; close it after use. */
  public BenchStack freshStack(UnaryOperator<StackOptions> changed) throws InterruptedException {
    return start(changed.apply(options));
  }

  private BenchStack start(StackOptions of) throws InterruptedException {
    BenchStack fresh = BenchStack.start(of, progress);
    synchronized (started) {
      started.add(fresh);
    }
    return fresh;
  }

  public void progress(String line) {
    progress.accept(line);
  }

  /** What fails from now on fails because processes have ended. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends all processes. Idempotent. */
  @Override
  public void close() {
    closed = true;
    List<BenchStack> all;
    synchronized (started) {
      all = List.copyOf(started);
    }
    all.forEach(BenchStack::close);
  }
}
