package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every log that this project sets up says of a step's own line what it is about. */
class LogPatternsTest {
  private static final Pattern PATTERN = Pattern.compile("<PatternLayout pattern=\"([^\"]*)\"");
  private static final Map<String, String> CONTEXT =
      Map.of("runId", "q1", "executionId", "x1", "step", "rank", "attempt", "2", "traceId", "t1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cli/src/main/resources/log4j2.xml",
        "cli/src/main/resources/log4j2-process.xml",
        "bench/src/main/resources/io/millrace/bench/log4j2-child.xml",
        "images/etc/log4j2.xml",
        "helm/templates/_pod.tpl"
      })
  void a_line_of_a_step_ends_with_what_it_is_about_and_any_other_as_it_is(String file)
      throws IOException {
    Matcher found = PATTERN.matcher(Files.readString(Path.of("..", file.split("/"))));
    assertThat(found.find()).isTrue();
    PatternLayout layout = PatternLayout.newBuilder().withPattern(found.group(1)).build();

    assertThat(layout.toSerializable(line(CONTEXT)))
        .endsWith("ranked runId=q1 executionId=x1 step=rank attempt=2 traceId=t1%n".formatted());
    assertThat(layout.toSerializable(line(Map.of("runId", "q1", "step", "rank"))))
        .endsWith("ranked runId=q1 step=rank%n".formatted());
    assertThat(layout.toSerializable(line(Map.of()))).endsWith("ranked%n".formatted());
  }

  private static LogEvent line(Map<String, String> context) {
    return Log4jLogEvent.newBuilder()
        .setLoggerName("com.example.Rank")
        .setLevel(Level.INFO)
        .setThreadName("worker")
        .setMessage(new SimpleMessage("ranked"))
        .setContextData(ContextDataFactory.createContextData(context))
        .build();
  }
}
