package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.server.fault.FaultHandler;
import org.junit.jupiter.api.Test;

final class BrokerFaultsTest {

  private final List<Throwable> reported = new ArrayList<>();
  private final BrokerFaults faults = new BrokerFaults(reported::add);

  @Test
  void a_fatal_fault_is_reported_and_does_not_end_the_process() {
    FaultHandler handler = faults.build("quorum", true, () -> {});

    RuntimeException fault = handler.handleFault("log is torn", new IllegalStateException("bad"));

    assertThat(reported).containsExactly(fault);
    assertThat(fault).hasMessage("quorum: log is torn").hasRootCauseMessage("bad");
  }

  @Test
  void a_fault_that_is_not_fatal_is_not_reported_as_one() {
    List<String> counted = new ArrayList<>();

    faults.build("publisher", false, () -> counted.add("one")).handleFault("late");

    assertThat(counted).containsExactly("one");
    assertThat(reported).isEmpty();
  }
}
