package io.millrace.cli;

import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import java.util.function.Function;

/** A client for one question to the coordinator; whoever waits is told what for. */
final class Asking implements AutoCloseable {
  private final MillraceConfig config;
  private final Progress progress;
  private final WorkflowClient client;

  private Asking(MillraceConfig config, Progress progress, WorkflowClient client) {
    this.config = config;
    this.progress = progress;
    this.client = client;
  }

  /**
   * @throws io.millrace.BrokerUnavailableException if no broker answers
   */
  static Asking at(MillraceConfig config, Progress progress) {
    String kafka = config.text(MillraceConfig.BOOTSTRAP_SERVERS, "");
    return new Asking(
        config,
        progress,
        progress.during(
            "waiting for Kafka at " + kafka + " to answer", () -> WorkflowClient.create(config)));
  }

  /**
   * What the coordinator answers.
   *
   * @param question may ask more than once
   */
  <T> T answer(Function<WorkflowClient, T> question) {
    return answer("a coordinator", question);
  }

  /**
   * As {@link #answer(Function)}, where more than that is waited for.
   *
   * @param whom who or what has to answer
   */
  <T> T answer(String whom, Function<WorkflowClient, T> question) {
    return progress.during(
        "waiting for %s of namespace %s to answer".formatted(whom, config.namespace().name()),
        () -> question.apply(client));
  }

  WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
