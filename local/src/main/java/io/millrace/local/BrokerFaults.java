package io.millrace.local;

import java.util.function.Consumer;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when Kafka finds that it cannot go on. A broker process ends itself then; here the
 * process belongs to somebody else, so the fault is logged and reported instead.
 */
final class BrokerFaults implements FaultHandlerFactory {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

  private final Consumer<Throwable> onFatal;

  BrokerFaults(Consumer<Throwable> onFatal) {
    this.onFatal = onFatal;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, cause) -> {
      action.run();
      RuntimeException fault = new IllegalStateException(name + ": " + message, cause);
      if (fatal) {
        LOG.error(
            "The embedded broker cannot go on; close it and start it again on its folder. fault={}",
            name,
            fault);
        onFatal.accept(fault);
      } else {
        LOG.warn("The embedded broker met a fault and goes on. fault={}", name, fault);
      }
      return fault;
    };
  }
}
