package io.millrace.http;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * This machine's Chromium, driven by Playwright. Where one of them is missing the test that wants
 * it is skipped, unless {@code MILLRACE_BROWSER_REQUIRED} is set: then it fails.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Decides before anything is started for the test. */
  static final class Needed implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<String> missing = missing();
      return missing.isPresent() && System.getenv("MILLRACE_BROWSER_REQUIRED") == null
          ? ConditionEvaluationResult.disabled(missing.get())
          : ConditionEvaluationResult.enabled("there is a browser, or there must be one");
    }
  }

  /**
   * @throws AssertionError that says what is missing
   */
  static Chromium launch() {
    missing()
        .ifPresent(
            what -> {
              throw new AssertionError(what);
            });
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable().orElseThrow())
                    .setArgs(FLAGS)));
  }

  Browser browser() {
    return browser;
  }

  private static Optional<String> missing() {
    if (executable().isEmpty()) {
      return Optional.of(
          "The console was not tried in a browser: no Chromium; install the package chromium, or"
              + " say where one is with MILLRACE_BROWSER.");
    }
    if (!hasDriver()) {
      return Optional.of(
          "The console was not tried in a browser: Playwright's Node.js is not on the class path;"
              + " run Maven with -Dbrowser, or say where one is with PLAYWRIGHT_NODEJS_PATH.");
    }
    return Optional.empty();
  }

  private static Optional<Path> executable() {
    String named = System.getenv("MILLRACE_BROWSER");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.concat(
            Stream.of(
                    Optional.ofNullable(System.getenv("PATH"))
                        .orElse("")
                        .split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name))),
            Stream.of(
                Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
                Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Node.js of all platforms in one jar: it is large, so only builds that want it have it. */
  private static boolean hasDriver() {
    return System.getenv("PLAYWRIGHT_NODEJS_PATH") != null
        || Playwright.class.getResource("/driver/linux/node") != null;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
