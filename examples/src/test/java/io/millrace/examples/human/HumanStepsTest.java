package io.millrace.examples.human;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.test.StepTester;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HumanStepsTest {
  @Test
  void the_question_is_asked() {
    assertThat(StepTester.of(new AskNumber()).run(new Begin("Enter a number: ")).emitted())
        .isEqualTo(List.of(new NumberNeeded("Enter a number: ")));
  }

  @Test
  void the_answer_is_the_result() {
    assertThat(StepTester.of(new TakeNumber()).run(new NumberGiven(42)).emitted())
        .isEqualTo(List.of(new Entered(42)));
  }
}
