package io.millrace.examples.rag;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.StemmerOverrideFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Text as Lucene terms: English stems, irregular verbs brought to one form, and identifiers such as
 * {@code collectEvents} or {@code stream.retention} found whole and by their words.
 */
final class Words extends Analyzer {
  static final Words ENGLISH = new Words();

  /** What only makes a question a question; rare in documents, so it would weigh most. */
  private static final Set<String> OF_QUESTIONS =
      Set.of(
          ("how what which who whom whose when where why do does did i my me you your we our can"
                  + " could should would will shall may might must has have had am been being is are"
                  + " was were there here from about happens happen any some than much many")
              .split(" "));

  /** Stem, then irregular forms and close words that the stemmer does not bring to it. */
  private static final Map<String, String> SAME =
      sameAs(
          "keep: kept keeps keeping retain retains retained retention",
          "die: died dies dying death dead crash crashes crashed killed",
          "answer: answered answers reply replies",
          "delet: deletion remove removed removes removal",
          "send: sent",
          "hold: held",
          "write: wrote written",
          "run: ran",
          "lose: lost",
          "choos: chose chosen",
          "begin: began begun start starts started starting",
          "build: built",
          "give: gave given",
          "take: took taken",
          "leav: left",
          "see: saw seen",
          "configur: configuration");

  private static final StemmerOverrideFilter.StemmerOverrideMap OVERRIDES = overrides();

  private Words() {}

  /** The distinct terms of a text, sorted. */
  Set<String> terms(String text) {
    Set<String> terms = new TreeSet<>();
    try (TokenStream tokens = tokenStream("text", new StringReader(text))) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        terms.add(term.toString());
      }
      tokens.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringReader does not fail
    }
    return terms;
  }

  /** The distinct terms of a question that say what it is about, sorted. */
  Set<String> termsOfQuestion(String question) {
    StringBuilder kept = new StringBuilder();
    String shorter = question.replaceAll("(?i)\\bhow (long|often|big|large|far)\\b", " ");
    for (String word : shorter.split("[\\s?!,;:\"()]+")) {
      if (!OF_QUESTIONS.contains(word.toLowerCase(Locale.ROOT))) {
        kept.append(word).append(' ');
      }
    }
    return terms(kept.toString());
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer source = new StandardTokenizer();
    int parts =
        WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
    TokenStream tokens = new WordDelimiterGraphFilter(source, parts, null);
    tokens = new FlattenGraphFilter(tokens);
    tokens = new EnglishPossessiveFilter(tokens);
    tokens = new LowerCaseFilter(tokens);
    tokens = new StopFilter(tokens, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
    tokens = new StemmerOverrideFilter(tokens, OVERRIDES);
    return new TokenStreamComponents(source, new PorterStemFilter(tokens));
  }

  private static Map<String, String> sameAs(String... lines) {
    Map<String, String> same = new LinkedHashMap<>();
    for (String line : lines) {
      String[] sides = line.split(": ");
      same.put(sides[0], sides[0]);
      for (String word : sides[1].split(" ")) {
        same.put(word, sides[0]);
      }
    }
    return same;
  }

  private static StemmerOverrideFilter.StemmerOverrideMap overrides() {
    try {
      StemmerOverrideFilter.Builder builder = new StemmerOverrideFilter.Builder(true);
      SAME.forEach(builder::add);
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // built in memory
    }
  }
}
