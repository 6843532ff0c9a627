package io.millrace.bench;

import java.util.Optional;

/** A figure as one line of JSON; what it lacks is null. */
public final class FigureJson {
  private FigureJson() {}

  public static String line(Figure figure) {
    return "{\"name\":%s,\"value\":%s,\"unit\":%s,\"baseline\":%s,\"ratio\":%s,\"goal\":%s,\"met\":%s}"
        .formatted(
            text(figure.name()),
            Numbers.shortest(figure.value()),
            text(figure.unit()),
            number(figure.baseline()),
            number(figure.ratio()),
            figure.goalText().map(FigureJson::text).orElse("null"),
            figure.met().map(String::valueOf).orElse("null"));
  }

  private static String number(Optional<Double> number) {
    return number.map(Numbers::shortest).orElse("null");
  }

  /** Names and units of figures have no character that JSON would escape. */
  private static String text(String text) {
    return '"' + text + '"';
  }
}
