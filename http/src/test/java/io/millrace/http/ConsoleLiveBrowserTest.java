package io.millrace.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.millrace.http.Console.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How often a run's page asks, and what it does when its coordinator is not to be had. */
@ExtendWith(Chromium.Needed.class)
@MillraceTest(coordinator = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleLiveBrowserTest {
  private static final String PROBLEM =
      """
      {"id": "0", "kind": "PROBLEM", "type": "Problem", "event": {"title": "unreadable", "detail": "no schema to be had"}}
      """;

  private Console console;

  @BeforeAll
  void start(LocalMillrace millrace, @TempDir Path state) {
    console = Console.start(millrace, state, Map.of());
    millrace.worker(Counsel.NAME, new Counsel());
    millrace.worker(Library.NAME, new Library());
    console.with(Counsel.NAME).with(Library.NAME);
  }

  @AfterAll
  void stop() {
    if (console != null) {
      console.close();
    }
  }

  /** What a page asks of one run, and what of it is not answered yet. */
  private static final class Asked {
    private final List<String> paths = new ArrayList<>();
    private final Set<Request> open = ConcurrentHashMap.newKeySet();

    Asked(Page page, String runId) {
      page.onRequest(
          request -> {
            String path = URI.create(request.url()).getPath();
            if (path.startsWith("/api/runs/" + runId)) {
              paths.add(path.substring("/api/runs/".length() + runId.length()));
              open.add(request);
            }
          });
      page.onRequestFinished(open::remove);
      page.onRequestFailed(open::remove);
    }

    /** How often the run itself was asked for, or its {@code /history}. */
    long count(String path) {
      return paths.stream().filter(path::equals).count();
    }

    boolean isStreaming() {
      return open.stream().anyMatch(request -> request.url().contains("/stream"));
    }

    boolean isQuiet() {
      return open.stream().allMatch(request -> request.url().contains("/stream"));
    }
  }

  /** Some minutes, in steps that leave time for answers. */
  private static void pass(Page page, Asked asked, int seconds) {
    for (int i = 0; i < seconds * 2 / 5; i++) {
      page.clock().fastForward(2_500);
      page.evaluate("() => fetch('api/caller').then(answer => answer.text())"); // a round trip
      page.waitForCondition(asked::isQuiet);
    }
  }

  @Test
  void a_run_that_waits_is_asked_for_less_and_less_often_and_its_history_only_once_it_moves() {
    String runId = waiting("waits");
    try (ConsolePage tab = console.tab()) {
      Asked asked = new Asked(tab.page(), runId);
      Page page = opened(tab, runId);

      long before = asked.count("");
      long histories = asked.count("/history");
      pass(page, asked, 40);

      assertThat(asked.count("") - before).isBetween(2L, 7L);
      assertThat(asked.count("/history") - histories).isLessThanOrEqualTo(1);
      answer(runId);
      assertThat(page.locator(".result")).containsText("yes");
    }
  }

  @Test
  void a_run_that_has_ended_is_not_asked_for_any_more() {
    String runId = waiting("ends");
    try (ConsolePage tab = console.tab()) {
      Asked asked = new Asked(tab.page(), runId);
      Page page = opened(tab, runId);
      answer(runId);
      assertThat(page.locator(".result")).containsText("yes");
      assertThat(page.locator(".light")).containsText("over");
      pass(page, asked, 20); // what was under way at the end

      int before = asked.paths.size();
      pass(page, asked, 120);

      assertThat(asked.paths).hasSize(before);
    }
  }

  @Test
  void a_tab_that_nobody_looks_at_asks_nothing_and_holds_no_connection() {
    String runId = waiting("hidden");
    try (ConsolePage tab = console.tab()) {
      Asked asked = new Asked(tab.page(), runId);
      Page page = opened(tab, runId);
      assertThat(asked.isStreaming()).isTrue();

      hide(page, true);
      page.waitForCondition(() -> !asked.isStreaming());
      pass(page, asked, 5);
      int before = asked.paths.size();
      pass(page, asked, 120);
      assertThat(asked.paths).hasSize(before);

      answer(runId);
      hide(page, false);
      assertThat(page.locator(".result")).containsText("yes");
      assertThat(page.locator(".light")).containsText("over");
      Locator records = page.locator(".stream > li");
      assertThat(records).hasCount(2); // the question, and the end: none of them twice
    }
  }

  /** As the browser tells of it when another tab is chosen. */
  private static void hide(Page page, boolean hidden) {
    page.evaluate(
        """
        hidden => {
          Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
          document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden);
  }

  @Test
  void a_stream_whose_connection_was_forgotten_on_the_way_is_taken_up_again() throws Exception {
    String runId = waiting("forgotten");
    try (Wire wire = Wire.to(console.url());
        ConsolePage tab = console.tab(wire.url())) {
      Page page = opened(tab, runId);

      wire.forgetStreams();
      answer(runId);
      page.clock().fastForward(46_000); // three heartbeats are missed

      assertThat(page.locator(".stream")).containsText("completed");
      assertThat(page.locator(".stream > li")).hasCount(2);
    }
  }

  @Test
  void a_record_that_cannot_be_read_just_now_is_told_of_once_and_asked_for_again() {
    String runId = waiting("unreadable");
    try (ConsolePage tab = console.tab()) {
      AtomicInteger unreadable = new AtomicInteger(2);
      Asked asked = new Asked(tab.page(), runId);
      Page page = tab.page();
      page.clock().install();
      page.route(
          "**/api/runs/" + runId + "/stream*",
          route -> {
            if (unreadable.getAndDecrement() > 0) {
              route.fulfill(
                  new Route.FulfillOptions()
                      .setContentType("application/x-ndjson")
                      .setBody(PROBLEM));
            } else {
              route.resume();
            }
          });
      tab.as(TestServer.OPERATOR, "#/runs/" + runId);
      Locator told = page.locator(".stream > li", hasText("no schema to be had"));
      assertThat(told).hasCount(1);

      pass(page, asked, 70);

      assertThat(page.locator(".stream")).containsText("What of unreadable?");
      assertThat(told).hasCount(1);
    }
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  @Test
  void a_page_goes_on_when_its_coordinator_is_back(
      LocalMillrace millrace, @TempDir Path first, @TempDir Path second) {
    HttpCoordinator one = Console.coordinator(millrace, first, Map.of());
    String url = one.url();
    String port = String.valueOf(URI.create(url).getPort());
    String runId = waiting("restarted");
    try (ConsolePage tab = console.tab(url)) {
      Page page = tab.as(TestServer.OPERATOR, "#/runs/" + runId).page();
      assertThat(page.locator(".light")).containsText("live");
      assertThat(page.locator(".prompt .ask")).containsText("What of restarted?");
      page.getByLabel("text").fill("half an answer");

      one.close();
      assertThat(page.locator(".light")).containsText("connection lost");
      assertThat(page.getByRole(AriaRole.ALERT).first())
          .containsText("The coordinator does not answer");
      tab.shoot("run-no-coordinator");

      try (HttpCoordinator again =
          Console.coordinator(millrace, second, Map.of("millrace.http.port", port))) {
        assertThat(again.url()).isEqualTo(url);
        assertThat(page.locator(".light")).containsText("live");
        assertThat(page.getByText("The coordinator does not answer")).hasCount(0);
        assertThat(page.getByLabel("text")).hasValue("half an answer");
        page.getByLabel("weight").fill("1");
        button(page, "Answer").click();
        assertThat(page.locator(".result")).containsText("half an answer");
      }
    } finally {
      one.close();
    }
  }

  @Test
  void a_failed_run_is_redriven_after_one_question_and_watched_again() {
    String runId =
        console.start(
            "dragons",
            Library.NAME,
            "Ask",
            "{\"question\": \"dragons\", \"shelves\": 1, \"tone\": \"PLAIN\"}");
    console.web().get("/api/runs/" + runId + "/outcome?waitSeconds=30");
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/runs/" + runId).page();
      assertThat(page.locator(".light")).containsText("over");
      button(page, "Redrive").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Redrive this run?");
      tab.shoot("redrive");
      button(page, "Not yet").click();
      assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
      assertThat(page.locator(".head")).not().containsText("epoch 2");

      button(page, "Redrive").click();
      button(page, "Redrive the run").click();

      assertThat(page.locator(".head")).containsText("epoch 2");
      assertThat(page.locator(".stream > .end-failed")).hasCount(2);
      assertThat(page.locator(".log")).containsText("redriven");
      assertThat(button(page, "Redrive")).isEnabled();
      assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    }
  }

  /** Opens the run with a clock that can be turned on, when all of it is there. */
  private static Page opened(ConsolePage tab, String runId) {
    Page page = tab.page();
    page.clock().install();
    tab.as(TestServer.OPERATOR, "#/runs/" + runId);
    assertThat(page.locator(".light")).containsText("live");
    assertThat(page.locator(".log")).containsText("Asked");
    assertThat(page.locator(".stream")).containsText("What of " + runId);
    return page;
  }

  private String waiting(String runId) {
    console.start(runId, Counsel.NAME, "{\"about\": \"%s\"}".formatted(runId));
    await().until(() -> !console.web().get("/api/runs/" + runId).json().get("prompts").isEmpty());
    return runId;
  }

  private void answer(String runId) {
    console
        .web()
        .post(
            "/api/runs/" + runId + "/events",
            "{\"type\": \"Advice\", \"event\": {\"text\": \"yes\", \"weight\": 1}}");
  }
}
