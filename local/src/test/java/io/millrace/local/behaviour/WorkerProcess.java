package io.millrace.local.behaviour;

import io.millrace.StepWorker;
import io.millrace.local.LocalMillrace;
import io.millrace.step.StepDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A worker in a JVM of its own, whose one step never ends, so that it can be killed with it. */
final class WorkerProcess implements AutoCloseable {
  private static final String HOLDING = "holding";

  private final Process process;
  private final BufferedReader out;

  private WorkerProcess(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static WorkerProcess start(LocalMillrace millrace, String workflow, String... settings)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProcess.class.getName(),
                workflow));
    millrace.config().forEach((key, value) -> command.add(key + "=" + value));
    command.addAll(List.of(settings));
    return new WorkerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Arguments: workflow, then settings as key=value. */
  public static void main(String[] args) {
    Map<String, String> settings = new HashMap<>();
    for (String argument : List.of(args).subList(1, args.length)) {
      int equals = argument.indexOf('=');
      settings.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    CountDownLatch never = new CountDownLatch(1);
    StepDefinition work =
        StepDefinition.named("work")
            .emits(RetriesBehaviourTest.Done.class)
            .handler(
                RetriesBehaviourTest.Job.class,
                (job, context) -> {
                  System.out.println(HOLDING);
                  never.await();
                  return null;
                });
    StepWorker.of(args[0], work).configuredBy(settings).run();
  }

  /** Returns when the step runs. */
  void awaitHolding() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(HOLDING)) {
        return;
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("The worker ended before its step ran:\n" + said);
  }

  /** The end that no code of the process can see coming. */
  void killHard() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    killHard();
  }
}
