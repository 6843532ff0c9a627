/**
 * What a coordinator tells of itself, as meters of Micrometer. The rules know nothing of it:
 * inputs, effects and heads that the shell has in its hands anyway are counted there.
 */
@NullMarked
package io.millrace.coordinator.metrics;

import org.jspecify.annotations.NullMarked;
