package io.millrace.http;

import io.javalin.http.Context;
import io.millrace.http.console.ConsoleFiles;
import io.millrace.http.route.ProblemException;
import io.millrace.http.route.ProblemKind;
import java.util.List;

/**
 * Serves the console: its page at the root, its files below. They tell nothing of what runs, so
 * anybody may have them; what they show they ask the API for, as their user. Thread-safe.
 */
final class ConsolePages {
  static final String ROOT = "/";
  static final String FILES = "/console/{file}";

  /** What is served here, beside the table of routes. */
  static final List<String> PATHS = List.of(ROOT, FILES);

  private final ConsoleFiles files = new ConsoleFiles();

  void root(Context context) {
    write(context, ConsoleFiles.INDEX);
  }

  void file(Context context) {
    write(context, context.pathParam("file"));
  }

  private void write(Context context, String name) {
    ConsoleFiles.File file =
        files
            .find(name)
            .orElseThrow(
                () ->
                    new ProblemException(ProblemKind.NOT_FOUND, "the console has no file " + name));
    context
        .header("Cache-Control", "no-cache")
        .header("ETag", file.etag())
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Content-Security-Policy", ConsoleFiles.POLICY);
    if (file.etag().equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(file.contentType()).result(file.bytes());
    }
  }
}
