/**
 * Child processes: one per step, one for the coordinator; started, watched, started again, ended.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.cli.process;
