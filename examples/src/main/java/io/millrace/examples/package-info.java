/** What the examples have in common, and the list of them. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples;
