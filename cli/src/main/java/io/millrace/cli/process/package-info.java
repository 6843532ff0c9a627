/** The development stack as processes: one per step, one for the coordinator. */
@org.jspecify.annotations.NullMarked
package io.millrace.cli.process;
