package io.millrace.examples.rag;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a block of lines into sentences, each with the line it begins on. */
final class Sentences {
  private static final Pattern END =
      Pattern.compile(
          "(?<!\\b(?:e\\.g|i\\.e|etc|vs|cf|approx|No))[.!?:][)\"'*_]*\\s+(?=[\\p{Lu}`\"(\\[*_])");
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern STRONG =
      Pattern.compile("\\*\\*|__|(?<!\\w)[*_](?=\\w)|(?<=\\w)[*_](?!\\w)");
  private static final Pattern QUESTION = Pattern.compile("\\?(?![\\w=&])");

  private Sentences() {}

  /**
   * The sentences of consecutive lines.
   *
   * @param first line number of the first of them
   */
  static List<Sentence> of(List<String> lines, int first) {
    String text = String.join("\n", lines);
    List<Sentence> found = new ArrayList<>();
    Matcher end = END.matcher(text);
    int begin = 0;
    while (end.find()) {
      // A colon ends a sentence only where a new line follows: "Default: Kafka" is one.
      if (text.charAt(end.start()) != ':'
          || text.substring(end.start(), end.end()).contains("\n")) {
        add(found, text, begin, end.end(), first);
        begin = end.end();
      }
    }
    add(found, text, begin, text.length(), first);
    return found;
  }

  /** One sentence as it is, such as a table's row; empty if it is not one that answers. */
  static List<Sentence> whole(String text, int line) {
    List<Sentence> found = new ArrayList<>();
    add(found, text, 0, text.length(), line);
    return found;
  }

  private static void add(List<Sentence> found, String text, int begin, int end, int first) {
    String sentence = plain(text.substring(begin, end));
    // A question matches a question best, and answers nothing.
    if (!sentence.isBlank() && !QUESTION.matcher(sentence).find()) {
      int line = first + (int) text.substring(0, begin).chars().filter(c -> c == '\n').count();
      found.add(new Sentence(line, sentence));
    }
  }

  /** Without links, emphasis and line breaks; code stays marked as such. */
  static String plain(String markdown) {
    String text = LINK.matcher(markdown).replaceAll("$1");
    return unmarked(text).replaceAll("\\s+", " ").strip();
  }

  private static String unmarked(String text) {
    StringBuilder plain = new StringBuilder();
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean code = i % 2 == 1;
      plain
          .append(i == 0 ? "" : "`")
          .append(code ? parts[i] : STRONG.matcher(parts[i]).replaceAll(""));
    }
    return plain.toString();
  }
}
