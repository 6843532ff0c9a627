package io.millrace.bench;

import io.millrace.bench.run.Hop;
import io.millrace.bench.run.Throughput;
import java.util.List;

/** All benchmarks, in the order in which they run. */
public final class Benchmarks {
  private Benchmarks() {}

  public static List<Benchmark> all() {
    return List.of(Throughput.full(), Throughput.busy(), new Hop());
  }
}
