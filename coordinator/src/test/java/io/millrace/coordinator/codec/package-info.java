/** Tests of the coordinator's codec. */
@org.jspecify.annotations.NullMarked
package io.millrace.coordinator.codec;
