package io.millrace.event;

import io.millrace.Event;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Event records of every form that a component may have. */
final class Shapes {
  static final List<Class<? extends Record>> ALL =
      List.of(
          Empty.class,
          Primitives.class,
          Boxed.class,
          Texts.class,
          Times.class,
          Nullables.class,
          Collections.class,
          Nested.class,
          Unions.class,
          Twins.class,
          Tree.class);

  private Shapes() {}

  record Empty() implements Event {}

  record Primitives(boolean a, byte b, short c, int d, long e, float f, double g)
      implements Event {}

  record Boxed(Boolean a, Byte b, Short c, Integer d, Long e, Float f, Double g) implements Event {}

  record Texts(String a, UUID b, BigDecimal c, BigInteger d, URI e, Colour f) implements Event {}

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "a class of its own";
      }
    },
    BLUE
  }

  record Times(
      Instant a,
      LocalDate b,
      LocalTime c,
      LocalDateTime d,
      OffsetDateTime e,
      ZonedDateTime f,
      ZoneId g,
      Duration h,
      Period i)
      implements Event {}

  record Nullables(
      @Nullable String a,
      @Nullable Integer b,
      @Nullable Colour c,
      @Nullable Leaf d,
      @Nullable List<@Nullable String> e,
      @Nullable Node f)
      implements Event {}

  record Collections(
      List<String> a,
      Set<Long> b,
      Map<String, Integer> c,
      List<List<Double>> d,
      Map<String, List<Leaf>> e)
      implements Event {}

  record Leaf(int n, String text) implements Node {}

  record Nested(Leaf a, List<Leaf> b, Leaf c) implements Event {}

  sealed interface Node permits Leaf, Inner, Colours {}

  sealed interface Inner extends Node permits Pair, One {}

  record Pair(Leaf left, Leaf right) implements Inner {}

  record One(String name) implements Inner {}

  enum Colours implements Node {
    BLACK,
    WHITE
  }

  record Unions(Node a, List<Node> b, Map<String, Inner> c) implements Event {}

  sealed interface Twin permits Left, Right {}

  record Left(String text) implements Twin {}

  record Right(String text) implements Twin {}

  /** Unions whose branches look alike in JSON. */
  record Twins(Twin a, List<Twin> b, @Nullable Twin c) implements Event {}

  record Tree(String name, List<Tree> children, @Nullable Tree twin) implements Event {}
}
