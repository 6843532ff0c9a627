package io.millrace.examples.rag;

import io.millrace.RunHandle;
import io.millrace.StreamedEvent;
import io.millrace.Workflow;
import io.millrace.WorkflowClient;
import io.millrace.examples.Program;
import io.millrace.examples.Program.UsageException;

/** Asks a question, shows progress and the answer as it is worded, then its sources. */
public final class Main {
  public static final Workflow<Ask, Answer> WORKFLOW = Workflow.of("rag", Ask.class, Answer.class);

  private Main() {}

  public static void main(String[] args) {
    Program.run(
        () -> {
          if (args.length == 0) {
            throw new UsageException("QUESTION");
          }
          ask(String.join(" ", args));
        });
  }

  private static void ask(String question) {
    try (WorkflowClient client = WorkflowClient.create()) {
      RunHandle<Answer> run = client.start(WORKFLOW, new Ask(question));
      for (StreamedEvent event : run.streamEvents()) {
        show(event);
      }
      System.out.println("\n\nSources:");
      for (Citation source : run.result().sources()) {
        System.out.println("  " + source.place());
      }
    }
  }

  private static void show(StreamedEvent event) {
    if (event.is(AnswerToken.class)) {
      System.out.print(event.as(AnswerToken.class).text());
      System.out.flush();
    } else if (event.is(Progress.class)) {
      Progress progress = event.as(Progress.class);
      System.out.println(progress.step() + ": " + progress.message());
    } else if (event.kind() == StreamedEvent.Kind.ATTEMPT_RESTARTED) {
      System.out.println("\n" + event.step() + " begins anew:");
    }
  }
}
