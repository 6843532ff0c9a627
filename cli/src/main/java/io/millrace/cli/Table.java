package io.millrace.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows for a person, in columns as wide as what is in them. */
final class Table {
  private static final String GAP = "  ";
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... titles) {
    rows.add(List.of(titles));
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** Without the titles if there is no row. */
  void print(PrintWriter out) {
    if (rows.size() == 1) {
      return;
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length())).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }
}
