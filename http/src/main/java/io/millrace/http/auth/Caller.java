package io.millrace.http.auth;

import java.time.Instant;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param name for logs and rates; never a secret
 * @param until when the proof of it expires
 */
public record Caller(String name, Role role, Optional<Instant> until) {}
