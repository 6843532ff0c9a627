package io.millrace.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Figures for people: a Markdown table whose columns are aligned. */
public final class FigureTable {
  private static final List<String> HEAD =
      List.of("figure", "value", "unit", "baseline", "ratio", "goal", "met");

  private FigureTable() {}

  /** Lines, without line ends. */
  public static List<String> lines(List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    figures.forEach(figure -> rows.add(row(figure)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
    lines.add(1, rule(widths));
    return lines;
  }

  private static List<String> row(Figure figure) {
    return List.of(
        figure.name(),
        Numbers.readable(figure.value()),
        figure.unit(),
        figure.baseline().map(Numbers::readable).orElse(""),
        figure.ratio().map(ratio -> String.format(Locale.ROOT, "%.2f", ratio)).orElse(""),
        figure.goalText().orElse(""),
        figure.met().map(met -> met ? "yes" : "NO").orElse(""));
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String space = " ".repeat(widths[i] - cell.length());
      boolean number = i == 1 || i == 3 || i == 4;
      line.append(' ').append(number ? space + cell : cell + space).append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    return Stream.iterate(0, i -> i < widths.length, i -> i + 1)
        .map(i -> "-".repeat(widths[i] + 2))
        .reduce("|", (line, dashes) -> line + dashes + "|");
  }
}
