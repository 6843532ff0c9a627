package io.millrace.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.millrace.http.Console.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser, on a broker. Leaves a picture of every page, in light and dark, in
 * {@code target/screenshots}.
 */
@ExtendWith(Chromium.Needed.class)
@MillraceTest(coordinator = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserTest {
  /** What must never become markup. */
  private static final String MARKUP =
      "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>";

  private Console stage;
  private Web web;

  @BeforeAll
  void start(LocalMillrace millrace, @TempDir Path state) {
    stage = Console.start(millrace, state, Map.of());
    web = stage.web();
    millrace.worker(Library.NAME, new Library());
    millrace.worker(Mill.NAME, new Mill());
    stage.with(Library.NAME).with(Mill.NAME);
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  private ConsolePage tab() {
    return stage.tab();
  }

  @Test
  void somebody_signs_in_starts_a_run_watches_it_answers_its_question_and_sees_the_outcome() {
    try (ConsolePage console = tab()) {
      Page page = console.open("").page();
      page.getByLabel("Bearer token").fill("not-a-token-of-anybody");
      button(page, "Sign in").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("refused");
      console.shoot("sign-in");
      page.getByLabel("Bearer token").fill(TestServer.OPERATOR);
      button(page, "Sign in").click();

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("library")).click();
      assertThat(page.getByRole(AriaRole.BUTTON, named("Step search"))).containsText("idle");
      page.getByRole(AriaRole.BUTTON, named("Step search")).press("Enter");
      assertThat(page.getByLabel("What is chosen")).containsText("at most 3");
      console.shoot("workflow");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Start a run")).click();
      page.getByLabel("question").fill(MARKUP);
      page.getByLabel("shelves").fill("many");
      page.getByLabel("tone").selectOption("LEARNED");
      button(page, "Start").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("shelves must be a whole number");
      console.shoot("start");
      page.getByLabel("shelves").fill("9");
      button(page, "Start").click();

      Locator stream = page.getByLabel("Records of the stream");
      assertThat(stream).containsText("passage 1 on " + MARKUP);
      assertThat(page.locator(".prompt .ask")).containsText("Shall this answer be published?");
      assertThat(page.locator(".head")).containsText("waiting");
      console.shoot("run-asks");
      page.getByLabel("publish").check();
      page.getByLabel("remark").fill("(with thanks)");
      button(page, "Answer").click();

      assertThat(page.locator(".head")).containsText("completed");
      assertThat(page.locator(".result")).containsText("Published: " + MARKUP + " (with thanks)");
      assertThat(stream).containsText("Answer");
      assertThat(page.getByLabel("search, 9 executions, 9 completed")).isVisible();
      page.getByLabel("search, 9 executions, 9 completed").click();
      page.locator(".line", new Page.LocatorOptions().setHasText("✕1")).click();
      assertThat(page.locator(".details")).containsText("shelf 2 is being dusted");
      console.shoot("run-completed");
      assertThat(page.evaluate("window.hacked")).isNull();
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  @Test
  void a_failed_run_says_why_and_is_redriven_from_its_dead_letter() {
    String runId = start("{\"question\": \"dragons\", \"shelves\": 1, \"tone\": \"PLAIN\"}");
    web.get("/api/runs/" + runId + "/outcome?waitSeconds=30");
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.OPERATOR, "#/runs/" + runId).page();
      assertThat(page.locator(".notice.bad")).containsText("shelf 1 has burned down");
      page.getByLabel("search, Search, failed").click();
      assertThat(page.locator(".details")).containsText("NonRetryableException");
      console.shoot("run-failed");

      console.open("#/dead-letters?runId=" + runId);
      assertThat(page.locator(".letter")).containsText("shelf 1 has burned down");
      console.shoot("dead-letters");
      button(page, "Redrive").click();
      assertThat(page.locator(".notice")).containsText("epoch 2");
    }
  }

  @Test
  void a_stalled_run_says_what_is_lacking() {
    web.post("/api/runs", start("mill", "stalled", "{\"corn\": \"rye\"}"));
    web.get("/api/runs/stalled/outcome?waitSeconds=30");
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.OPERATOR, "#/runs/stalled").page();
      assertThat(page.locator(".notice")).containsText("Step bake holds 1 Flour and lacks 1 Flour");
      assertThat(page.getByLabel("bake, Flour, completed")).isVisible();
      console.shoot("run-stalled");
    }
  }

  @Test
  void a_stream_that_is_deleted_is_explained(LocalMillrace millrace) throws Exception {
    String runId = start("{\"question\": \"locks\", \"shelves\": 1, \"tone\": \"PLAIN\"}");
    await().until(() -> !web.get("/api/runs/" + runId).json().get("prompts").isEmpty());
    web.post("/api/runs/" + runId + "/cancel", "{}");
    web.get("/api/runs/" + runId + "/outcome?waitSeconds=30");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", millrace.bootstrapServers()))) {
      String topic = millrace.namespace() + ".library.stream." + runId;
      admin.deleteTopics(List.of(topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(topic));
    }
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.OPERATOR, "#/runs/" + runId).page();
      assertThat(page.getByLabel("Records of the stream"))
          .containsText("were streamed and are deleted");
    }
  }

  @Test
  void a_part_that_does_not_arrive_is_fetched_again() {
    try (ConsolePage console = tab()) {
      Page page = console.page();
      AtomicInteger refusals = new AtomicInteger(2);
      page.route(
          "**/console/layout.js",
          route -> {
            if (refusals.getAndDecrement() > 0) {
              route.abort();
            } else {
              route.resume();
            }
          });
      console.as(TestServer.OPERATOR, "#/workflows");
      assertThat(page.locator(".workflow").first()).containsText("library");

      refusals.set(100);
      console.open("#/workflows");
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("could not be loaded");
      console.shoot("not-loaded");
    }
  }

  @Test
  void a_run_is_cancelled_with_the_keyboard_alone() {
    String runId = start("{\"question\": \"mills\", \"shelves\": 1, \"tone\": \"PLAIN\"}");
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.OPERATOR, "#/runs/" + runId).page();
      assertThat(page.locator(".prompt .ask")).containsText("published");
      button(page, "Cancel").focus();
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Cancel this run?");
      console.shoot("cancel");
      page.keyboard().type("no readers");
      page.keyboard().press("Enter");
      assertThat(page.locator(".notice")).containsText("no readers");
    }
  }

  @Test
  void who_may_only_view_is_told_why_he_cannot_steer() {
    String runId = start("{\"question\": \"rivers\", \"shelves\": 1, \"tone\": \"PLAIN\"}");
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.VIEWER, "#/runs/" + runId).page();
      assertThat(page.locator("section.prompt"))
          .containsText("needs a token with the role “operate”");
      assertThat(button(page, "Cancel")).isDisabled();
      console.shoot("run-viewed");
      console.open("#/workflows/library/start");
      assertThat(page.locator(".notice")).containsText("viewer may look, not steer");
    }
  }

  @Test
  void runs_are_listed_and_found_and_what_is_not_there_is_explained() {
    String runId = start("{\"question\": \"weirs\", \"shelves\": 2, \"tone\": \"PLAIN\"}");
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.OPERATOR, "#/workflows").page();
      assertThat(page.locator(".workflow").first()).containsText("library");
      console.shoot("workflows");

      console.open("#/runs?workflow=library");
      assertThat(page.locator(".runs")).containsText(runId);
      console.shoot("runs");
      page.keyboard().press("/");
      page.keyboard().type(runId);
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).containsText(runId);

      console.open("#/runs?status=TIMED_OUT");
      assertThat(page.locator(".empty")).containsText("No run is like that");
      console.shoot("runs-none");
      console.open("#/runs/nobody");
      assertThat(page.locator(".notice")).containsText("Nobody has started it");
      console.shoot("run-unknown");
      console.open("#/nowhere");
      assertThat(page.locator(".notice")).containsText("There is no such page");
      console.shoot("nowhere");
    }
  }

  @Test
  void one_of_several_ways_to_begin_is_chosen_and_the_choice_of_colours_is_kept() {
    try (ConsolePage console = tab()) {
      Page page = console.as(TestServer.OPERATOR, "#/workflows/library/start").page();
      page.getByLabel("Begin with").selectOption("AskAgain");
      page.getByLabel("question").fill("sluices");
      page.getByLabel("Colours").selectOption("dark");
      button(page, "Start").click();
      assertThat(page.locator(".prompt .ask")).containsText("published");
      page.reload();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    }
  }

  private String start(String event) {
    return web.post("/api/runs", start("library", "run-" + java.util.UUID.randomUUID(), event))
        .json()
        .get("runId")
        .asText();
  }

  private static String start(String workflow, String runId, String event) {
    String type = workflow.equals("library") ? "\"startType\": \"Ask\", " : "";
    return "{\"workflow\": \"%s\", \"runId\": \"%s\", %s\"event\": %s}"
        .formatted(workflow, runId, type, event);
  }
}
