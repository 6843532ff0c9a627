package io.millrace.local.scenario;

import io.millrace.local.behaviour.Workshop;
import io.millrace.step.StepDefinition;
import io.millrace.step.StepDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** Gates before the code of steps that run in threads of their own. Thread-safe. */
final class Gates {
  private static final class Gate {
    private int held;
    private int interrupted;
    private CountDownLatch open = new CountDownLatch(0);
  }

  private final Map<String, Gate> gates = new HashMap<>();

  /**
   * @param oneAtATime attempts of a step do not overtake each other
   */
  List<StepDefinition> before(Object[] steps, boolean oneAtATime) {
    List<StepDefinition> gated = new ArrayList<>();
    for (Object step : steps) {
      List<StepDefinition> definitions =
          step instanceof StepDefinition built ? List.of(built) : StepDefinitions.of(step);
      definitions.forEach(definition -> gated.add(before(definition, oneAtATime)));
    }
    return gated;
  }

  private StepDefinition before(StepDefinition step, boolean oneAtATime) {
    StepDefinition gated =
        step.withFunction(
            (event, context) -> {
              pass(step.name());
              return step.function().invoke(event, context);
            });
    return oneAtATime ? gated.withConcurrency(1) : gated;
  }

  private void pass(String step) throws InterruptedException {
    CountDownLatch open;
    synchronized (this) {
      Gate gate = gate(step);
      gate.held++;
      open = gate.open;
    }
    try {
      open.await();
    } catch (InterruptedException e) {
      synchronized (this) {
        gate(step).interrupted++;
      }
      throw e;
    } finally {
      synchronized (this) {
        gate(step).held--;
      }
    }
  }

  synchronized void close(String step) {
    gate(step).open = new CountDownLatch(1);
  }

  synchronized void open(String step) {
    gate(step).open.countDown();
  }

  synchronized void openAll() {
    gates.values().forEach(gate -> gate.open.countDown());
  }

  void awaitHeld(String step, int executions) {
    await(step + " is held", step, gate -> gate.held == executions);
  }

  void awaitInterrupted(String step, int executions) {
    await(step + " is interrupted", step, gate -> gate.interrupted == executions);
  }

  private void await(String what, String step, java.util.function.Predicate<Gate> condition) {
    Awaitility.await(what)
        .atMost(Workshop.PATIENCE)
        .until(
            () -> {
              synchronized (this) {
                return condition.test(gate(step));
              }
            });
  }

  private synchronized Gate gate(String step) {
    return gates.computeIfAbsent(step, name -> new Gate());
  }
}
