package io.millrace.bench;

import io.millrace.bench.run.Fanout;
import io.millrace.bench.run.Fsync;
import io.millrace.bench.run.Hop;
import io.millrace.bench.run.Idle;
import io.millrace.bench.run.Mixed;
import io.millrace.bench.run.Parked;
import io.millrace.bench.run.State;
import io.millrace.bench.run.Streaming;
import io.millrace.bench.run.Throughput;
import io.millrace.bench.run.TopicPerRun;
import java.util.List;

/** All benchmarks, in the order in which they run: first those that share processes. */
public final class Benchmarks {
  private Benchmarks() {}

  public static List<Benchmark> all() {
    return List.of(
        Throughput.full(),
        Throughput.busy(),
        new Hop(),
        new State(),
        new Fanout(),
        new Streaming(),
        new Mixed(),
        new Idle(),
        new TopicPerRun(),
        new Parked(),
        new Fsync());
  }
}
