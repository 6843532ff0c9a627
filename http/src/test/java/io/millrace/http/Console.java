package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.config.MillraceConfig;
import io.millrace.local.LocalMillrace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A coordinator on a broker, and a browser to look at it with. */
final class Console implements AutoCloseable {
  private final Chromium chromium;
  private final HttpCoordinator coordinator;
  private final Web web;

  private Console(Chromium chromium, HttpCoordinator coordinator) {
    this.chromium = chromium;
    this.coordinator = coordinator;
    this.web = Web.of(coordinator.url(), TestServer.OPERATOR);
  }

  /**
   * Returns when it takes inputs.
   *
   * @param more settings of the coordinator besides {@link TestServer#SETTINGS}
   */
  static Console start(LocalMillrace millrace, Path state, Map<String, String> more) {
    Chromium chromium = Chromium.launch();
    PlaywrightAssertions.setDefaultAssertionTimeout(45_000); // machines may be busy
    Console console = new Console(chromium, coordinator(millrace, state, more));
    await().until(() -> console.web().get("/ready").status() == 200);
    return console;
  }

  static HttpCoordinator coordinator(LocalMillrace millrace, Path state, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(millrace.config());
    settings.putAll(TestServer.SETTINGS);
    settings.put("millrace.state.dir", state.toString());
    settings.put("millrace.grace.ms", "500");
    settings.put("millrace.http.max.requests.per.second", "10000");
    settings.putAll(more);
    return HttpCoordinator.start(MillraceConfig.of(settings));
  }

  /** Returns when the workflow is known. */
  Console with(String workflow) {
    await().until(() -> web.get("/api/workflows/" + workflow).status() == 200);
    return this;
  }

  /** Of the operator. */
  Web web() {
    return web;
  }

  String url() {
    return coordinator.url();
  }

  ConsolePage tab() {
    return tab(coordinator.url());
  }

  /** One that is served from elsewhere. */
  ConsolePage tab(String url) {
    return new ConsolePage(chromium.browser(), url);
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Starts a run; returns its id. */
  String start(String runId, String workflow, String event) {
    return started(
        runId,
        "{\"workflow\": \"%s\", \"runId\": \"%s\", \"event\": %s}"
            .formatted(workflow, runId, event));
  }

  /** Starts a run of a workflow that can begin with several types of events. */
  String start(String runId, String workflow, String type, String event) {
    return started(
        runId,
        "{\"workflow\": \"%s\", \"runId\": \"%s\", \"startType\": \"%s\", \"event\": %s}"
            .formatted(workflow, runId, type, event));
  }

  private String started(String runId, String body) {
    assertThat(web.post("/api/runs", body).status()).isEqualTo(202);
    return runId;
  }

  @Override
  public void close() {
    coordinator.close();
    chromium.close();
  }
}
