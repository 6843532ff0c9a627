package io.millrace.local.client;

import io.millrace.Event;
import io.millrace.HumanResponseEvent;
import io.millrace.InputRequiredEvent;
import io.millrace.StartEvent;
import io.millrace.Step;
import io.millrace.StopEvent;
import io.millrace.Workflow;

/** The workflow of these tests; its step is never run. */
final class Story {
  static final Workflow<Ask, Told> WORKFLOW = Workflow.of("story", Ask.class, Told.class);

  record Ask(String question) implements StartEvent {}

  record Other(String question) implements StartEvent {}

  record Told(String text) implements StopEvent {}

  record Line(int number) implements Event {}

  record Question(String text) implements InputRequiredEvent {}

  record Reply(String text) implements HumanResponseEvent {}

  @Step(streams = Line.class)
  public Told tell(Ask ask) {
    return new Told(ask.question());
  }

  @Step
  public Told replied(Reply reply) {
    return new Told(reply.text());
  }
}
