package io.millrace.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.RunFailedException;
import io.millrace.RunHandle;
import io.millrace.StepWorker;
import io.millrace.StreamedEvent;
import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.examples.Pace;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The question answering example on a real broker. */
@MillraceTest(namespacePer = MillraceTest.Scope.METHOD)
final class RagOnKafkaTest {
  private static final DocumentFolder PROJECT = new DocumentFolder(Path.of(".."));
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LocalMillrace millrace;
  private final MillraceConfig config;

  RagOnKafkaTest(LocalMillrace millrace) {
    this.millrace = millrace;
    this.config = MillraceConfig.of(millrace.config());
  }

  @Test
  void O1_tokens_on_the_stream_are_the_answer_and_it_cites_the_file_that_the_readme_says() {
    startSteps(PROJECT);
    try (WorkflowClient client = WorkflowClient.create(config)) {
      String question = "How long are run streams kept?";

      RunHandle<Answer> run = client.start(Main.WORKFLOW, new Ask(question));
      StringBuilder tokens = new StringBuilder();
      List<String> steps = new ArrayList<>();
      for (StreamedEvent event : run.streamEvents()) {
        if (event.is(AnswerToken.class)) {
          tokens.append(event.as(AnswerToken.class).text());
        } else if (event.is(Progress.class)) {
          steps.add(event.as(Progress.class).step());
        }
      }

      Answer answer = run.result(PATIENCE);
      assertThat(tokens).hasToString(answer.text());
      assertThat(answer.sources()).extracting(Citation::path).contains("docs/operations.md");
      assertThat(answer).isEqualTo(Pipeline.ask(PROJECT, question));
      assertThat(steps).startsWith("plan").endsWith("synthesize").contains("retrieve");
    }
  }

  @Test
  void C4_copies_of_every_step_answer_many_questions_at_once_as_one_thread_would() {
    startSteps(PROJECT);
    startSteps(PROJECT);
    try (WorkflowClient client = WorkflowClient.create(config)) {
      List<String> questions = DocumentationQuestionsTest.all();

      Map<String, RunHandle<Answer>> runs = new LinkedHashMap<>();
      questions.forEach(q -> runs.put(q, client.start(Main.WORKFLOW, new Ask(q))));

      runs.forEach(
          (question, run) ->
              assertThat(run.result(PATIENCE)).isEqualTo(Pipeline.ask(PROJECT, question)));
    }
  }

  @Test
  void R4_a_folder_that_is_not_there_fails_the_run_by_name() {
    startSteps(new DocumentFolder(Path.of("no-such-folder")));
    try (WorkflowClient client = WorkflowClient.create(config)) {
      RunHandle<Answer> run = client.start(Main.WORKFLOW, new Ask("What is a run?"));

      assertThatThrownBy(() -> run.result(PATIENCE))
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining("no-such-folder");
    }
  }

  private void startSteps(DocumentFolder folder) {
    start(new Plan(folder));
    start(new Retrieve(folder, Pace.NONE));
    start(new Rank());
    start(new Synthesize(Optional.empty(), Pace.NONE));
  }

  private void start(Object step) {
    millrace.closeAtEnd(StepWorker.of("rag", step).configuredBy(config).start());
  }
}
