/** Tests of the coordinator's topology. */
@org.jspecify.annotations.NullMarked
package io.millrace.coordinator.topology;
