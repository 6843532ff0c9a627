/** The coordinator on a real broker. */
@org.jspecify.annotations.NullMarked
package io.millrace.local.coordinator;
