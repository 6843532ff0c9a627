package io.millrace.http;

import io.millrace.WorkflowClient;
import io.millrace.config.MillraceConfig;
import io.millrace.coordinator.core.Limits;
import io.millrace.coordinator.history.RunHistory;
import io.millrace.coordinator.index.DeadLetterPage;
import io.millrace.coordinator.index.RunPage;
import io.millrace.coordinator.topology.StepBook;
import io.millrace.http.api.Backend;
import io.millrace.http.api.RunLister;
import io.millrace.observe.metrics.Metrics;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Servers without a broker, and the tokens that they know. */
final class TestServer {
  static final String VIEWER = "a-token-that-may-view-only";
  static final String OPERATOR = "a-token-that-may-operate-too";
  static final Map<String, String> SETTINGS =
      Map.of(
          "millrace.http.port",
          "0",
          "millrace.http.tokens",
          "view:viewer:" + VIEWER + ",operate:operator:" + OPERATOR);

  private static final RunLister NO_RUNS =
      (filter, after, limit) -> new RunPage(List.of(), Optional.empty());

  private static final Metrics METRICS = new Metrics("test");

  private TestServer() {}

  /** One whose runs are never asked for. */
  static HttpApi start(Map<String, String> settings) {
    return start(settings, untouched());
  }

  static HttpApi start(Map<String, String> settings, WorkflowClient client) {
    return HttpApi.start(
        HttpConfig.from(MillraceConfig.of(settings)),
        new Backend(
            client,
            new StepBook(Limits.ofDefaults()),
            outline -> outline,
            NO_RUNS,
            List::of,
            run -> new RunHistory(List.of(), List.of(), Optional.empty()),
            (filter, before, limit) -> new DeadLetterPage(List.of(), Optional.empty()),
            () -> true,
            METRICS),
        "test");
  }

  static Map<String, String> with(String... more) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  /** A client that must not be used. */
  static WorkflowClient untouched() {
    return (WorkflowClient)
        Proxy.newProxyInstance(
            TestServer.class.getClassLoader(),
            new Class<?>[] {WorkflowClient.class},
            (proxy, method, arguments) -> {
              throw new AssertionError("a call passed the gate: " + method);
            });
  }
}
