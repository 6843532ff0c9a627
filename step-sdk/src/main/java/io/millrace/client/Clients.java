package io.millrace.client;

import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.event.EventCodecs;
import io.millrace.observe.Observer;
import io.millrace.registry.SchemaRegistries;
import io.millrace.registry.SchemaRegistry;
import io.millrace.serde.SchemaIds;
import java.util.Map;

/** Makes clients; programs use {@link WorkflowClient#create}. */
public final class Clients {
  private Clients() {}

  public static WorkflowClient create(MillraceConfig config) {
    Map<String, String> settings = config.asMap();
    SchemaRegistry registry = SchemaRegistries.of(settings);
    EventValues values =
        new EventValues(
            EventCodecs.of(settings),
            registry,
            new SchemaIds(registry, settings, false),
            config.namespace());
    Observer observer = Observer.of(config, "millrace.client");
    return new KafkaWorkflowClient(ClientLink.open(ClientSettings.of(config), values, observer));
  }

  /**
   * Returns once a broker has answered, so that tools which only read need not find out slowly.
   *
   * @throws io.millrace.BrokerUnavailableException if none answers in time
   * @throws io.millrace.BrokerRefusedException if it answers and refuses
   */
  public static void requireBroker(MillraceConfig config) {
    Brokers.connect(ClientSettings.of(config)).close();
  }
}
