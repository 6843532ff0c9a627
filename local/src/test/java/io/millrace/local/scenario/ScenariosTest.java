package io.millrace.local.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import io.millrace.local.scenario.Scenario.On;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each scenario on each executor. A difference between two executors is a bug. With {@code
 * -Dscenario.only=TEXT} only those whose name contains the text.
 */
@MillraceTest(
    settings = {
      "millrace.grace.ms=4000",
      "millrace.event.partitions=1",
      "millrace.limits.stream.events=1000",
      "millrace.workflow.wait.ms=5000",
      "millrace.workflows.check=false"
    })
class ScenariosTest {
  private static final String ONLY = System.getProperty("scenario.only", "");

  static final List<Scenario> ALL =
      Stream.of(
              RunScenarios.all(),
              StartScenarios.all(),
              EndingScenarios.all(),
              TimeoutScenarios.all(),
              StallScenarios.all(),
              LimitScenarios.all(),
              // steps
              RoutingScenarios.all(),
              StepScenarios.all(),
              RetryScenarios.all(),
              FailureHandlerScenarios.all(),
              RedriveScenarios.all(),
              StateScenarios.all(),
              UpdateScenarios.all(),
              // collecting and joining
              CollectScenarios.all(),
              StaticJoinScenarios.all(),
              FanOutScenarios.all(),
              NestedFanOutScenarios.all(),
              // humans
              HumanScenarios.all(),
              WaitScenarios.all(),
              AnswerScenarios.all(),
              // streams
              StreamScenarios.all(),
              // faults
              FaultScenarios.all(),
              GarbageScenarios.all(),
              PartitionScenarios.all())
          .flatMap(List::stream)
          .toList();

  private final Map<On, Executor> executors = new EnumMap<>(On.class);

  @TestFactory
  Stream<DynamicTest> scenarios(LocalMillrace millrace) {
    BrokerHouse house = millrace.closeAtEnd(new BrokerHouse(millrace));
    List<Scenario> wanted =
        ALL.stream().filter(scenario -> scenario.name().contains(ONLY)).toList();
    assertThat(wanted).as("scenarios whose name contains '%s'", ONLY).isNotEmpty();
    house.begin(wanted.stream().filter(scenario -> scenario.playsOn(On.BROKER)).toList());
    executors.put(On.CORE, VirtualExecutors::core);
    executors.put(On.SIMULATOR, VirtualExecutors::simulator);
    executors.put(On.TOPOLOGY, VirtualExecutors::topology);
    executors.put(On.LOCAL_WORKFLOW, VirtualExecutors::localWorkflow);
    executors.put(On.BROKER, house);
    return wanted.stream().flatMap(this::onEach);
  }

  private Stream<DynamicTest> onEach(Scenario scenario) {
    return executors.entrySet().stream()
        .filter(executor -> scenario.playsOn(executor.getKey()))
        .map(
            executor ->
                DynamicTest.dynamicTest(
                    scenario.name() + " [" + executor.getKey() + "]",
                    () -> executor.getValue().play(scenario)));
  }
}
