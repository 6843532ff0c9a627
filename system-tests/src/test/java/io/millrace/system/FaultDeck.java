package io.millrace.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * What may happen to whom, each as often as any other, in an order by a seed. The registry, which
 * little depends on once schemas are known, is in every second deck only.
 */
final class FaultDeck {
  private static final int SHORT_MILLIS = 7_000;
  private static final int LONG_MILLIS = 15_000;

  /**
   * @param kind of the container
   * @param millis how long; every second one is longer than a lease and a group's session
   */
  record Card(Member.Kind kind, Fault fault, int millis) {}

  private final Random random;
  private final Deque<Card> cards = new ArrayDeque<>();
  private int decks;

  FaultDeck(Random random) {
    this.random = random;
  }

  /** The next one. */
  Card draw() {
    if (cards.isEmpty()) {
      shuffle();
    }
    return cards.remove();
  }

  /** It cannot happen yet: it comes after the others of this deck. */
  void putBack(Card card) {
    cards.add(card);
  }

  private void shuffle() {
    List<Card> deck = new ArrayList<>();
    for (Member.Kind kind : Member.Kind.values()) {
      if (kind != Member.Kind.REGISTRY || decks % 2 == 0) {
        // Half of them long, and others in the next deck.
        int turn = random.nextInt(2);
        for (Fault fault : Fault.values()) {
          deck.add(new Card(kind, fault, millis((fault.ordinal() + turn) % 2 == 0)));
        }
      }
    }
    Collections.shuffle(deck, random);
    cards.addAll(deck);
    decks++;
  }

  private int millis(boolean isLong) {
    return isLong
        ? SHORT_MILLIS + random.nextInt(LONG_MILLIS - SHORT_MILLIS)
        : random.nextInt(SHORT_MILLIS);
  }
}
