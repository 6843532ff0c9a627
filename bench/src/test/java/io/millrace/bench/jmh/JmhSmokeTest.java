package io.millrace.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark works; how fast is no concern of a test. */
class JmhSmokeTest {
  @Test
  void every_benchmark_runs_without_failure() throws RunnerException {
    // given
    Options quick =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("width", "10")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    // when
    Collection<RunResult> results = new Runner(quick).run();

    // then
    assertThat(results)
        .extracting(result -> result.getParams().getBenchmark())
        .containsExactlyInAnyOrderElementsOf(all());
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.getPrimaryResult().getSampleCount())
                    .as(result.getParams().getBenchmark())
                    .isPositive());
  }

  private static List<String> all() {
    Set<BenchmarkListEntry> found =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of());
    assertThat(found).hasSizeGreaterThan(10);
    return found.stream().map(BenchmarkListEntry::getUsername).collect(Collectors.toList());
  }
}
