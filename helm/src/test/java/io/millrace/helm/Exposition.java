package io.millrace.helm;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes export in Prometheus's text format: families, and the labels of their samples. */
final class Exposition {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  /** Family to type. */
  final Map<String, String> types = new TreeMap<>();

  /** Sample to label to values. */
  final Map<String, Map<String, Set<String>>> samples = new TreeMap<>();

  Exposition and(String text) {
    for (String line : text.split("\n")) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        types.put(type.group(1), type.group(2));
      } else if (sample.matches()) {
        Map<String, Set<String>> labels =
            samples.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
        String given = sample.group(2) == null ? "" : sample.group(2);
        for (MatchResult label : LABEL.matcher(given).results().toList()) {
          labels.computeIfAbsent(label.group(1), l -> new TreeSet<>()).add(label.group(2));
        }
      }
    }
    return this;
  }

  /** Label to values of a sample; empty if there is no such sample. */
  Map<String, Set<String>> labels(String sample) {
    return samples.getOrDefault(sample, Map.of());
  }

  /** Labels of a family's samples, without those that every one has. */
  Set<String> tags(String family) {
    Set<String> tags = new TreeSet<>();
    samples.forEach(
        (name, labels) -> {
          if (name.equals(family) || name.equals(family + "_bucket")) {
            tags.addAll(labels.keySet());
          }
        });
    tags.remove("millrace_namespace");
    tags.remove("le");
    return tags;
  }
}
