package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every benchmark at its smallest: all processes start, every result is right (a benchmark fails
 * otherwise), every figure is there. Says nothing about time.
 */
@Timeout(300)
class BenchIT {
  private static final List<String> FIGURES =
      List.of(
          "throughput.steps",
          "throughput.runs",
          "throughput.cpu",
          "busy.steps",
          "busy.runs",
          "busy.cpu",
          "hop.p50",
          "hop.p99",
          "state.steps",
          "fanout.list.1",
          "fanout.list.5",
          "fanout.list.50",
          "fanout.list.parts",
          "fanout.collect.1",
          "fanout.collect.5",
          "fanout.collect.50",
          "fanout.collect.parts",
          "stream.burst",
          "stream.burst.p50",
          "stream.paced.p50",
          "stream.first",
          "mixed.p50",
          "mixed.p99",
          "idle.cpu",
          "idle.raw",
          "topics.runs",
          "topics.written",
          "topics.left",
          "topics.late",
          "waiting.starts",
          "waiting.store",
          "waiting.changelog",
          "waiting.heap",
          "waiting.answer.p50",
          "waiting.restart",
          "fsync.busy.steps",
          "fsync.busy.runs",
          "fsync.busy.cpu",
          "fsync.hop.p50",
          "fsync.hop.p99");

  @Test
  void every_benchmark_runs_and_gives_all_of_its_figures() throws JsonProcessingException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int code =
        Millrace.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("bench", "--smoke", "--json", "--jvm", "-XX:TieredStopAtLevel=1");

    assertThat(code).as(err.toString()).isZero();
    List<String> names = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      JsonNode figure = new ObjectMapper().readTree(line);
      names.add(figure.path("name").asText());
      assertThat(figure.fieldNames())
          .toIterable()
          .containsExactly("name", "value", "unit", "baseline", "ratio", "goal", "met");
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(FIGURES);
  }
}
