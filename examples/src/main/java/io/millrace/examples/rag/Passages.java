package io.millrace.examples.rag;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a document into passages: a heading begins one, and a long section is cut between its
 * paragraphs, list items and table rows. Plain text is Markdown without headings. Made for one
 * document.
 */
final class Passages {
  /** Long enough to keep a thought together, short enough that a match means something. */
  private static final int FULL = 700;

  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.*?)\\s*#*");
  private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
  private static final Pattern ROW = Pattern.compile("\\s*\\|(.*)\\|\\s*");
  private static final Pattern RULE = Pattern.compile("[\\s|:=-]+");
  private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+]|\\d+[.)])\\s+(.*)");

  private final String path;
  private final List<String> lines;
  private final TreeMap<Integer, String> headings = new TreeMap<>();
  private final List<Passage> passages = new ArrayList<>();
  private final List<Sentence> open = new ArrayList<>();
  private final List<String> block = new ArrayList<>();
  private int blockLine;

  private Passages(String path, List<String> lines) {
    this.path = path;
    this.lines = lines;
  }

  /** The passages of a document in their order; none if it has no text. */
  static List<Passage> of(String path, List<String> lines) {
    Passages passages = new Passages(path, lines);
    passages.read();
    return passages.passages;
  }

  private void read() {
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (FENCE.matcher(line).matches()) {
        endBlock();
        code = !code;
      } else if (code) {
        take(Sentences.whole("`" + line.strip().replace('`', '\'') + "`", i + 1), line.isBlank());
      } else {
        readProse(line, i);
      }
    }
    endPassage();
  }

  private void readProse(String line, int index) {
    Matcher heading = HEADING.matcher(line);
    Matcher row = ROW.matcher(line);
    Matcher item = ITEM.matcher(line);
    if (heading.matches()) {
      endPassage();
      int level = heading.group(1).length();
      headings.tailMap(level, true).clear();
      headings.put(level, Sentences.plain(heading.group(2)));
    } else if (line.isBlank() || RULE.matcher(line).matches()) {
      endBlock();
    } else if (row.matches()) {
      endBlock();
      boolean headOfTable =
          index + 1 < lines.size() && RULE.matcher(lines.get(index + 1)).matches();
      take(Sentences.whole(cells(row.group(1)), index + 1), headOfTable);
    } else if (item.matches()) {
      endBlock();
      addToBlock(item.group(1), index + 1);
    } else {
      addToBlock(line.strip(), index + 1);
    }
  }

  /** A row reads as "first: second; third". */
  private static String cells(String row) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String cell : row.split("(?<!\\\\)\\|")) {
      if (!cell.isBlank()) {
        text.append(column == 0 ? "" : column == 1 ? ": " : "; ").append(cell.strip());
        column++;
      }
    }
    return text.toString().replace("\\|", "|");
  }

  private void addToBlock(String line, int number) {
    if (block.isEmpty()) {
      blockLine = number;
    }
    block.add(line);
  }

  private void endBlock() {
    if (!block.isEmpty()) {
      take(Sentences.of(block, blockLine), false);
      block.clear();
    }
  }

  private void take(List<Sentence> sentences, boolean unwanted) {
    int length = open.stream().mapToInt(s -> s.text().length()).sum();
    int more = sentences.stream().mapToInt(s -> s.text().length()).sum();
    if (length > 0 && length + more > FULL) {
      flush();
    }
    if (!unwanted) {
      open.addAll(sentences);
    }
  }

  private void endPassage() {
    endBlock();
    flush();
  }

  private void flush() {
    if (!open.isEmpty()) {
      String title = headings.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : top();
      String below = String.join(" / ", headings.values().stream().skip(1).toList());
      passages.add(new Passage(path, title, below, List.copyOf(open)));
      open.clear();
    }
  }

  private String top() {
    return headings.firstEntry().getValue();
  }
}
