/** The workflow in the project's README, word for word. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.hello;
