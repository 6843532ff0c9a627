package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The console in a tab of its own. Collects whatever the browser complains of, and every address
 * that is asked for.
 */
final class ConsolePage implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String AXE = "/axe.min.js";

  private final BrowserContext context;
  private final String url;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  ConsolePage(Browser browser, String url) {
    this.url = url;
    this.context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1360, 860)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setColorScheme(ColorScheme.LIGHT));
    this.page = context.newPage();
    page.setDefaultTimeout(45_000);
    page.onConsoleMessage(
        message -> {
          // A refusal by the API is none, nor a network that came or went: the console deals with
          // both, and its user sees what it says.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onCrash(crashed -> complaints.add("the page crashed"));
    page.onRequestFailed(
        request -> System.out.println("failed: " + request.url() + " " + request.failure()));
    page.onRequest(request -> asked.add(request.url()));
  }

  Page page() {
    return page;
  }

  /** Opens an address of the console, as somebody who holds this token. */
  ConsolePage as(String token, String hash) {
    page.addInitScript(
        "if (location.protocol === 'http:') sessionStorage.setItem('millrace.token', '%s')"
            .formatted(token));
    return open(hash);
  }

  ConsolePage open(String hash) {
    for (int left = 3; ; left--) {
      try {
        page.navigate("about:blank");
        page.navigate(url + "/" + hash);
        return this;
      } catch (PlaywrightException e) {
        // Chromium gives up when one of the machine's networks comes or goes, whichever.
        if (left == 0 || !String.valueOf(e.getMessage()).contains("net::")) {
          throw e;
        }
      }
    }
  }

  /** Both colour schemes, whole pages; what is drawn must be readable and named for everybody. */
  void shoot(String name) {
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      String file = name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png";
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(SCREENSHOTS.resolve(file))
              // What is behind a dialog is dimmed as far as the window goes.
              .setFullPage(page.locator("dialog[open]").count() == 0));
      assertThat(barriers()).as("barriers on %s", file).isEmpty();
    }
  }

  /** What axe finds: rules, and where they are broken. */
  private List<?> barriers() {
    if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in window"))) {
      page.evaluate(axe());
    }
    return (List<?>)
        page.evaluate(
            "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})"
                + ".then(found => found.violations.map(v =>"
                + " v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160) + ' ' + n.failureSummary)"
                + ".slice(0, 3).join(' | ')))");
  }

  private static String axe() {
    try (InputStream in = ConsolePage.class.getResourceAsStream(AXE)) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No fault of the console, nothing that its policy had to stop, nothing from elsewhere. */
  @Override
  public void close() {
    context.close();
    assertThat(complaints).isEmpty();
    assertThat(asked)
        .allSatisfy(
            address ->
                assertThat(address)
                    .satisfiesAnyOf(
                        own -> assertThat(own).startsWith(url + "/"),
                        blank -> assertThat(blank).startsWith("about:")));
  }
}
