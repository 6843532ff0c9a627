/** Tests of the coordinator as a process. */
@org.jspecify.annotations.NullMarked
package io.millrace.coordinator.app;
