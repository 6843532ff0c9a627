package io.millrace.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.coordinator.core.RunEffect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The benchmarks measure what they say. */
class BenchmarkedTest {
  @Test
  void the_event_has_200_bytes_and_comes_back_equal() {
    EventCodecBenchmark benchmark = new EventCodecBenchmark();

    assertThat(benchmark.encode()).hasSize(200);
    assertThat(benchmark.decode()).isEqualTo(EventCodecBenchmark.READING);
  }

  @Test
  void every_run_comes_to_its_outcome() {
    assertThat(new CoreBenchmark().chainOf3()).hasAtLeastOneElementOfType(RunEffect.EndRun.class);
    CoreWidthBenchmark wide = new CoreWidthBenchmark();
    wide.width = 100;
    wide.widen();
    for (List<RunEffect> last : List.of(wide.fanOutAndJoin(), wide.collectEvents())) {
      assertThat(last).hasAtLeastOneElementOfType(RunEffect.EndRun.class);
    }
  }
}
