/** Waiting for two different events: bread needs flour and water, in whatever order they come. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.waiting;
