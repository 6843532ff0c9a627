package io.millrace;

import java.time.Duration;
import java.util.Optional;

/**
 * About this attempt.
 *
 * @param attempt first is 1
 * @param elapsed since the first attempt was dispatched; zero for the first
 * @param lastErrorType class name of the error of the attempt before
 */
public record RetryInfo(
    int attempt,
    Duration elapsed,
    Optional<String> lastErrorType,
    Optional<String> lastErrorMessage) {}
