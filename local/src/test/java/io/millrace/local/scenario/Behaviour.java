package io.millrace.local.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A promise to users, or a law that the parts keep so that the promises hold, as {@code
 * behaviours.md} beside this class has it.
 *
 * @param noScenario why it can be shown on a real broker or with processes only
 */
record Behaviour(String chapter, String id, String promise, Optional<String> noScenario) {
  private static final Pattern ROW =
      Pattern.compile("([A-Z]\\d+|law_\\d+): (.+?)(?:\nNo scenario: (.+))?", Pattern.DOTALL);

  /** Shown by tests of the parts that it binds: nobody outside sees it as such. */
  boolean isLaw() {
    return id.startsWith("law_");
  }

  /** As people say it. */
  String name() {
    return isLaw() ? "Law " + id.substring("law_".length()) : id;
  }

  /** By chapter, in the order in which they are to be read. */
  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>();
    String chapter = "";
    for (String paragraph : text().strip().split("\n\n")) {
      Matcher row = ROW.matcher(paragraph);
      if (paragraph.startsWith("# ")) {
        chapter = paragraph.substring(2);
      } else if (row.matches()) {
        all.add(
            new Behaviour(chapter, row.group(1), row.group(2), Optional.ofNullable(row.group(3))));
      } else {
        throw new IllegalStateException("neither a chapter nor a promise: " + paragraph);
      }
    }
    return all;
  }

  private static String text() {
    try (InputStream in = Behaviour.class.getResourceAsStream("behaviours.md")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
