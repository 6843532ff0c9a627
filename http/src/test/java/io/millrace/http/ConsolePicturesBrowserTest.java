package io.millrace.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console says of runs that do not go on, and how it looks where there is little room. */
@ExtendWith(Chromium.Needed.class)
@MillraceTest(coordinator = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsolePicturesBrowserTest {
  private final Works works = new Works();
  private Console console;

  @BeforeAll
  void start(LocalMillrace millrace, @TempDir Path state) {
    // An event that nobody accepts is kept for as long as the tests take.
    console = Console.start(millrace, state, Map.of("millrace.grace.ms", "120000"));
    millrace.worker(Works.NAME, works);
    millrace.worker(Library.NAME, new Library());
    millrace.worker(Counsel.NAME, new Counsel());
    millrace.worker(Works.NAME, new Works.Painters()).close();
    console.with(Works.NAME).with(Library.NAME).with(Counsel.NAME);
    await().until(() -> console.web().get("/api/workflows/works").json().get("steps").size() == 5);
    library("narrow");
    await().until(() -> !run("narrow").get("prompts").isEmpty());
    fail("burned");
  }

  @AfterAll
  void stop() {
    works.finish();
    if (console != null) {
      console.close();
    }
  }

  private void library(String runId) {
    console.start(
        runId, "library", "Ask", "{\"question\": \"mills\", \"shelves\": 9, \"tone\": \"PLAIN\"}");
  }

  private void fail(String runId) {
    console.start(
        runId,
        "library",
        "Ask",
        "{\"question\": \"dragons\", \"shelves\": 1, \"tone\": \"PLAIN\"}");
    console.web().get("/api/runs/" + runId + "/outcome?waitSeconds=30");
  }

  private JsonNode run(String runId) {
    return console.web().get("/api/runs/" + runId).json();
  }

  @Test
  void a_step_at_work_is_seen_on_the_graph_and_what_waits_for_it_is_explained() {
    console.start("busy", Works.NAME, "{\"pieces\": 3}");
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/workflows/works").page();
      Locator make =
          page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Step make"));
      assertThat(make).containsText("1 running, 2 more");
      assertThat(make).hasAttribute("aria-label", "Step make, 1 running, 2 queued");
      Locator failure =
          page.getByRole(
              AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Failure any failure"));
      failure.press("Enter");
      assertThat(page.getByLabel("What is chosen")).containsText("apologise");
      assertThat(page.locator(".edge.catches")).hasCount(1);
      tab.shoot("workflow-busy");

      tab.open("#/runs/busy");
      assertThat(page.locator(".notice")).containsText("2 events wait for their turn at step make");
      tab.shoot("run-queued");
    }
  }

  @Test
  void why_a_run_does_not_go_on_is_explained() {
    console.start("still", Works.NAME, "{\"pieces\": 0}");
    await().until(() -> run("still").get("parked").size() == 1);
    await().until(() -> run("still").toString().contains("RETRYING"));
    try (ConsolePage tab = console.tab()) {
      Page page = tab.page();
      page.clock()
          .install(
              new Clock.InstallOptions()
                  .setTime(System.currentTimeMillis() + 20_000)); // so long nobody has taken it
      tab.as(TestServer.OPERATOR, "#/runs/still");
      Locator notices = page.locator(".notice");
      assertThat(notices.getByText("No worker of step paint has taken its event")).isVisible();
      assertThat(notices.getByText("Step repair failed and waits for attempt 2")).isVisible();
      assertThat(notices.getByText("No step accepts Scrap yet")).isVisible();
      tab.shoot("run-stands-still");
    }
  }

  @Test
  void a_run_that_took_too_long_says_so() {
    console
        .web()
        .post(
            "/api/runs",
            """
            {"workflow": "works", "runId": "late", "timeout": "PT1S", "event": {"pieces": 1}}""");
    console.web().get("/api/runs/late/outcome?waitSeconds=30");
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/runs/late").page();
      assertThat(page.locator(".notice")).containsText("took longer than it was given");
      assertThat(page.locator(".notice")).containsText("The run's timeout of 1.0 s has passed.");
      assertThat(page.locator(".notice")).containsText("At work then: make");
      assertThat(page.locator(".log")).containsText("timed out");
      tab.shoot("run-timed-out");
    }
  }

  @Test
  void steps_that_update_the_same_state_and_lists_that_are_cut_are_explained() {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.page();
      change(page, "burned", run -> run.put("truncated", true));
      tab.as(TestServer.OPERATOR, "#/runs/burned");
      assertThat(page.locator(".notice")).containsText("At least 1 execution is kept");

      change(
          page,
          "narrow",
          run ->
              run.withArray("executions")
                  .addObject()
                  .put("executionId", "one")
                  .put("step", "gather")
                  .put("eventType", "Found")
                  .put("attempt", 1)
                  .put("phase", "CONTENDING")
                  .put("since", Instant.now().toString()));
      tab.open("#/runs/narrow");
      assertThat(page.locator(".notice").first())
          .containsText("another step has changed the state that it updates");
    }
  }

  /** The run as the API tells it, with something that is rare. */
  private static void change(Page page, String runId, Consumer<ObjectNode> change) {
    page.route(
        "**/api/runs/" + runId,
        route -> {
          try {
            ObjectNode run = (ObjectNode) Web.MAPPER.readTree(route.fetch().body());
            change.accept(run);
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(run.toString()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void runs_are_found_by_the_time_of_their_start() {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/runs").page();
      page.getByLabel("Started").selectOption("1h");
      assertThat(page.locator(".runs")).containsText("narrow");
      assertThat(page).hasURL(java.util.regex.Pattern.compile(".*#/runs\\?since=1h"));

      page.getByLabel("Started").selectOption("between");
      page.getByLabel("to", new Page.GetByLabelOptions().setExact(true))
          .fill("2020-02-03T04:05:06");
      Console.button(page, "Show").click();
      assertThat(page.locator(".empty")).containsText("None that was started before");
      assertThat(page.getByLabel("to", new Page.GetByLabelOptions().setExact(true)))
          .hasValue("2020-02-03T04:05:06");
      tab.shoot("runs-between");

      page.getByLabel("to", new Page.GetByLabelOptions().setExact(true)).fill("");
      page.getByLabel("from", new Page.GetByLabelOptions().setExact(true))
          .fill("2020-02-03T04:05:06");
      Console.button(page, "Show").click();
      assertThat(page.locator(".runs")).containsText("narrow");
    }
  }

  @Test
  void the_keyboard_goes_from_page_to_page() {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/workflows").page();
      for (Map.Entry<String, String> to :
          List.of(
              Map.entry("r", "Runs"),
              Map.entry("d", "Dead letters"),
              Map.entry("w", "Workflows"))) {
        assertThat(page.locator("h1")).isVisible();
        page.keyboard().press("g");
        page.keyboard().press(to.getKey());
        assertThat(page.locator("h1")).hasText(to.getValue());
        assertThat(page.locator("main")).isFocused();
      }
      page.keyboard().press("r"); // without the g it means nothing
      assertThat(page.locator("h1")).hasText("Workflows");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "workflows, workflows, .workflow",
    "workflow, workflows/library, .graph",
    "start, workflows/library/start, .fields",
    "runs, runs, .runs",
    "run, runs/narrow, .log li",
    "run-failed, runs/burned, .log li",
    "dead-letters, dead-letters, .letter"
  })
  void on_a_narrow_screen_nothing_is_cut_off(String name, String path, String there) {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.page();
      page.setViewportSize(390, 844);
      tab.as(TestServer.OPERATOR, "#/" + path);
      assertThat(page.locator(there).first()).isVisible();
      tab.shoot("narrow-" + name);
      assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
          .as("how far the page can be pushed aside")
          .isEqualTo(0);
    }
  }
}
