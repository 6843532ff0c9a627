/** Progress on the run's stream while steps work, for anyone who looks. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.progress;
