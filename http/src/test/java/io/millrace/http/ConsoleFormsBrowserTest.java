package io.millrace.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.millrace.http.Console.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.millrace.local.LocalMillrace;
import io.millrace.local.MillraceTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the console's forms send is what was filled in, for every kind of field. */
@ExtendWith(Chromium.Needed.class)
@MillraceTest(coordinator = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleFormsBrowserTest {
  private Console console;

  @BeforeAll
  void start(LocalMillrace millrace, @TempDir Path state) {
    console = Console.start(millrace, state, Map.of());
    millrace.worker(Till.NAME, new Till());
    millrace.worker(Counsel.NAME, new Counsel());
    console.with(Till.NAME).with(Counsel.NAME);
  }

  @AfterAll
  void stop() {
    if (console != null) {
      console.close();
    }
  }

  @Test
  void the_branch_of_a_union_that_was_chosen_is_the_one_that_is_sent() {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/workflows/till/start").page();
      choosePayment(page);
      button(page, "Start").click();

      assertThat(page.locator(".result")).containsText("payment Charge {\"amount\": 5}");
      assertThat(page.locator(".result")).containsText("count Long 7;");
    }
  }

  private static void choosePayment(Page page) {
    page.getByLabel("Kind of payment").selectOption("Charge");
    page.getByLabel("amount").fill("5");
    page.getByLabel("Kind of count").selectOption("long");
    page.locator("[data-field=count]").fill("7");
  }

  @Test
  void fields_that_are_left_as_they_are_take_their_defaults() {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/workflows/till/start").page();
      choosePayment(page);

      assertThat(page.getByLabel("Kind of note")).hasValue("0");
      assertThat(page.locator("[data-field=note]")).hasValue("none");
      assertThat(page.locator("[data-field='tags 2']")).hasValue("paid");
      assertThat(page.locator("[data-field=value]")).hasValue("blue");
      assertThat(page.locator("[data-field=name]")).hasValue("Mill Lane");
      assertThat(page.locator("[data-field=floor]")).hasValue("2");
      assertThat(page.locator("[data-field=day]")).hasValue("2024-10-04");
      assertThat(page.locator("[data-field=at]")).hasValue("2026-01-01T00:00:00.000250Z");
      assertThat(page.locator("[data-field=price]")).hasValue("12.34");
      assertThat(page.locator("[data-field=seal]")).hasValue("Af8=");
      Locator command = page.getByLabel("The same from a shell");
      assertThat(command)
          .containsText(
              "'{\"payment\":{\"io.millrace.http.Charge\":{\"amount\":5}},\"count\":{\"long\":7}}'");
      tab.shoot("start-defaults");
      button(page, "Start").click();

      assertThat(page.locator(".result")).containsText("tags Array [new, paid]");
      assertThat(page.locator(".result")).containsText("shop Shop {\"name\": \"Mill Lane\"");
      assertThat(page.locator(".result")).containsText("price bytes 04d2; seal bytes 01ff");
      // More digits than the browser has.
      assertThat(page.locator(".result")).containsText("serial Long 9007199254740993");
    }
  }

  @Test
  void defaults_are_changed() {
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/workflows/till/start").page();
      choosePayment(page);
      page.getByLabel("Kind of note").selectOption("nothing");
      button(page, "Remove tags 1").click();
      button(page, "Add to labels").click();
      page.locator("[data-field=key]").nth(1).fill("size");
      page.locator("[data-field=value]").nth(1).fill("large");
      page.locator("[data-field=name]").fill("High Street");
      page.locator("[data-field=day]").fill("2025-02-03");
      page.locator("[data-field=price]").fill("-0.5");
      button(page, "Start").click();

      Locator result = page.locator(".result");
      assertThat(result).containsText("note nothing");
      assertThat(result).containsText("tags Array [paid]");
      assertThat(result).containsText("size=large");
      assertThat(result).containsText("colour=blue");
      assertThat(result).containsText("Shop {\"name\": \"High Street\", \"floor\": 2}");
      assertThat(result).containsText("day Integer 20122");
      assertThat(result).containsText("price bytes ce"); // -50 hundredths
    }
  }

  @Test
  void an_answer_that_no_step_accepts_by_itself_has_a_form() {
    JsonNode workflow = console.web().get("/api/workflows/counsel").json();
    assertThat(workflow.get("events"))
        .filteredOn(event -> event.get("type").asText().equals("Advice"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.get("kind").asText()).isEqualTo("HUMAN_RESPONSE");
              assertThat(event.at("/schema/fields/1/name").asText()).isEqualTo("weight");
            });
    String runId = console.start("doubt", Counsel.NAME, "{\"about\": \"locks\"}");
    await().until(() -> !prompts(runId).isEmpty());
    try (ConsolePage tab = console.tab()) {
      Page page = tab.as(TestServer.OPERATOR, "#/runs/" + runId).page();
      assertThat(page.locator(".prompt .ask")).containsText("What of locks?");
      tab.shoot("run-waits");
      page.getByLabel("text").fill("build ");
      page.getByLabel("weight").fill("2");
      button(page, "Answer").click();

      assertThat(page.locator(".result")).containsText("build build");
    }
  }

  private JsonNode prompts(String runId) {
    return console.web().get("/api/runs/" + runId).json().get("prompts");
  }
}
