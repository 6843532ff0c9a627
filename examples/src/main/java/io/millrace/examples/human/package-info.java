/** A human in the loop: one process asks and leaves, another attaches and answers, days later. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.human;
