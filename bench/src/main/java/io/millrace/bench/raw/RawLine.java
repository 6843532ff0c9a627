package io.millrace.bench.raw;

import java.util.List;

/**
 * The topics of a raw chain.
 *
 * @param topics one more than there are hops
 */
public record RawLine(List<String> topics) {
  public RawLine {
    topics = List.copyOf(topics);
  }

  public int hops() {
    return topics.size() - 1;
  }

  String first() {
    return topics.get(0);
  }

  String last() {
    return topics.get(topics.size() - 1);
  }

  /** From where to where this hop passes records on, counted from 0. */
  public List<String> hop(int number) {
    return topics.subList(number, number + 2);
  }
}
