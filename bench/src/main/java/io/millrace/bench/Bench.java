package io.millrace.bench;

import io.millrace.bench.stack.BenchStack;
import io.millrace.bench.stack.StackOptions;
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
  private @Nullable BenchStack stack;

  /**
   * @param progress takes a line for a person
   */
  public Bench(Scale scale, StackOptions options, Consumer<String> progress) {
    this.scale = scale;
    this.options = options;
    this.progress = progress;
  }

  public Scale scale() {
    return scale;
  }

  /** The stack that all benchmarks share; the first call starts it. */
  public BenchStack stack() throws InterruptedException {
    BenchStack shared = stack;
    if (shared == null) {
      shared = start(options);
      stack = shared;
    }
    return shared;
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

  /** Ends all processes. Idempotent. */
  @Override
  public void close() {
    List<BenchStack> all;
    synchronized (started) {
      all = List.copyOf(started);
    }
    all.forEach(BenchStack::close);
  }
}
