package io.millrace.examples.hello;

import io.millrace.*;

public class Hello {
  public record Visitor(String name) implements StartEvent {}

  public record Greeting(String text) implements StopEvent {}

  @Step
  public Greeting greet(Visitor visitor) {
    return new Greeting("Welcome to the mill, " + visitor.name() + "!");
  }

  public static void main(String[] args) {
    var hello = Workflow.of("hello", Visitor.class, Greeting.class);
    try (var worker = StepWorker.of("hello", new Hello()).start();
        var client = WorkflowClient.create()) {
      System.out.println(client.start(hello, new Visitor("Ada")).result().text());
    }
  }
}
