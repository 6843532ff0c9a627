/** The observer that the step SDK finds. */
@org.jspecify.annotations.NullMarked
package io.millrace.observe.standard;
