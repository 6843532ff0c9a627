package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.RunHandle;
import io.millrace.WorkflowClient;
import io.millrace.examples.rag.Answer;
import io.millrace.examples.rag.Ask;
import io.millrace.examples.rag.Main;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example, each of its steps in two containers, with the documents in their image. */
@OnStack
class RagIT {
  private static final Ask QUESTION = new Ask("How long are run streams kept?");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  @Tag("smoke")
  @Tag("full")
  void F1_a_question_has_the_same_answer_when_a_copy_of_each_step_is_killed_meanwhile(Stack stack) {
    Fleet fleet = stack.fleet().scale(Service.RAG, 2);
    try (WorkflowClient client = stack.client()) {
      Answer undisturbed = client.start(Main.WORKFLOW, QUESTION).result(PATIENCE);
      assertThat(undisturbed.text()).contains("24 hours");

      List<RunHandle<Answer>> asked = new ArrayList<>();
      for (Service service : Service.RAG) {
        asked.add(client.start(Main.WORKFLOW, QUESTION));
        Docker.kill(fleet.copies(service).get(0));
        asked.add(client.start(Main.WORKFLOW, QUESTION));
      }

      assertThat(asked).allSatisfy(run -> assertThat(run.result(PATIENCE)).isEqualTo(undisturbed));
    } finally {
      fleet.scale(Service.RAG, 0);
    }
  }
}
