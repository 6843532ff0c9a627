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
import org.junit.jupiter.api.Assumptions;

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

  static Chromium launch() {
    Path executable =
        executable()
            .orElseThrow(
                () ->
                    missing(
                        "no Chromium: install the package chromium, or say where one is with"
                            + " MILLRACE_BROWSER"));
    if (!hasDriver()) {
      throw missing("Playwright's driver is not on the class path: run Maven with -Dbrowser");
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(FLAGS)));
  }

  Browser browser() {
    return browser;
  }

  private static AssertionError missing(String what) {
    String message = "The console was not tried in a browser: " + what + ".";
    if (System.getenv("MILLRACE_BROWSER_REQUIRED") == null) {
      Assumptions.abort(message);
    }
    return new AssertionError(message);
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

  /** It is large, so only the builds that want it have it. */
  private static boolean hasDriver() {
    try {
      Class.forName("com.microsoft.playwright.impl.driver.jar.DriverJar");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
