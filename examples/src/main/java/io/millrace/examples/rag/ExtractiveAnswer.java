package io.millrace.examples.rag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Answers with the sentences that say most about the question, word for word, each with its place.
 * The same passages give the same answer.
 */
final class ExtractiveAnswer {
  static final String WORDING = "extractive";
  private static final int SENTENCES = 3;
  private static final Pattern ASKS_FOR_NUMBER =
      Pattern.compile("(?i)\\bhow (long|many|much|often|big|large)\\b|\\bdefault\\b|\\btimeout\\b");
  private static final Pattern NUMBER =
      Pattern.compile("(?i)\\d|\\b(one|two|three|five|ten|once|never|ever|hours?|days?)\\b");

  private final Set<String> asked;
  private final boolean asksForNumber;
  private final Map<String, Double> weights = new HashMap<>();

  private ExtractiveAnswer(String question, List<RankedPassage> passages) {
    asked = Words.ENGLISH.termsOfQuestion(question);
    asksForNumber = ASKS_FOR_NUMBER.matcher(question).find();
    for (String term : asked) {
      long having = passages.stream().filter(p -> termsOf(p.passage()).contains(term)).count();
      weights.put(term, Math.log(1 + (passages.size() + 1.0) / (having + 0.5)));
    }
  }

  /** The answer to {@code question} from these passages, best first. */
  static Answer of(String question, List<RankedPassage> passages) {
    ExtractiveAnswer answer = new ExtractiveAnswer(question, passages);
    List<Citation> sources = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Scored scored : answer.best(passages)) {
      Citation citation =
          new Citation(scored.path(), scored.sentence().line(), scored.sentence().text());
      sources.add(citation);
      text.append(text.length() == 0 ? "" : "\n")
          .append(citation.quote())
          .append(" (")
          .append(citation.place())
          .append(")");
    }
    if (sources.isEmpty()) {
      text.append("The documents say nothing about that.");
    }
    return new Answer(text.toString(), sources, WORDING);
  }

  private record Scored(String path, Sentence sentence, double score) {}

  private List<Scored> best(List<RankedPassage> passages) {
    List<Scored> all = new ArrayList<>();
    for (RankedPassage ranked : passages) {
      double share = ranked.score() / passages.get(0).score();
      for (Sentence sentence : ranked.passage().sentences()) {
        double score = score(sentence, ranked.passage()) + 0.8 * share;
        if (score > 0.8 * share) { // at least a word of the question in it or above it
          all.add(new Scored(ranked.passage().path(), sentence, score));
        }
      }
    }
    all.sort(
        Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparing(Scored::path)
            .thenComparing(scored -> scored.sentence().line()));
    return distinct(all);
  }

  /** The first few, without those that repeat one another or are far behind the best. */
  private static List<Scored> distinct(List<Scored> all) {
    List<Scored> chosen = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Scored scored : all) {
      boolean close = scored.score() >= 0.7 * all.get(0).score();
      if (chosen.size() < SENTENCES && close && seen.add(scored.sentence().text())) {
        chosen.add(scored);
      }
    }
    return chosen;
  }

  private double score(Sentence sentence, Passage passage) {
    Set<String> inSentence = Words.ENGLISH.terms(sentence.text());
    Set<String> above = Words.ENGLISH.terms(passage.title() + " " + passage.heading());
    double there = 0;
    double all = 0;
    for (String term : asked) {
      double weight = weights.getOrDefault(term, 0.0);
      all += weight;
      there += inSentence.contains(term) ? weight : above.contains(term) ? 0.6 * weight : 0;
    }
    double share = all == 0 ? 0 : there / all;
    boolean number = asksForNumber && NUMBER.matcher(sentence.text()).find();
    double tooShort = sentence.text().length() < 25 ? 0.6 : 1;
    return share * tooShort * (number ? 1.3 : 1);
  }

  private static Set<String> termsOf(Passage passage) {
    return Words.ENGLISH.terms(passage.title() + " " + passage.heading() + " " + passage.text());
  }
}
