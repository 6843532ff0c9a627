package io.millrace.http;

import io.millrace.http.auth.Caller;
import io.millrace.http.auth.Role;
import io.millrace.http.route.Call;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A call without parameters, which remembers what a handler has looked for. Not thread-safe. */
final class ReadCall implements Call {
  private final Map<String, Set<String>> read = new HashMap<>();
  private @Nullable Class<?> bodyType;

  /** There is none. */
  static final class BodyRead extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Names that were looked for. */
  Set<String> read(String in) {
    return read.getOrDefault(in, Set.of());
  }

  Optional<Class<?>> bodyType() {
    return Optional.ofNullable(bodyType);
  }

  private void note(String in, String name) {
    read.computeIfAbsent(in, place -> new TreeSet<>()).add(name);
  }

  @Override
  public String path(String name) {
    note("path", name);
    return "some";
  }

  @Override
  public Optional<String> query(String name) {
    note("query", name);
    return Optional.empty();
  }

  @Override
  public Optional<String> header(String name) {
    note("header", name);
    return Optional.empty();
  }

  @Override
  public <T> T body(Class<T> type) {
    bodyType = type;
    throw new BodyRead();
  }

  @Override
  public Caller caller() {
    return new Caller("eve", Role.OPERATE, Optional.empty());
  }
}
