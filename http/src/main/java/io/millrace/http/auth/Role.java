package io.millrace.http.auth;

/** What a caller may do. */
public enum Role {
  /** See workflows, runs, streams and dead letters. */
  VIEW,
  /** Start, answer, cancel and redrive runs, too. */
  OPERATE;

  /** Whether this role is enough where {@code needed} is asked for. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
