/** Tests. */
@org.jspecify.annotations.NullMarked
package io.millrace.coordinator.index;
