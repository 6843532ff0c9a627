/** The {@code millrace} command. Start reading at {@link io.millrace.cli.Millrace}. */
@org.jspecify.annotations.NullMarked
package io.millrace.cli;
