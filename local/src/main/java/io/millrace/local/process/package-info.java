/** Child processes: Java programs that are started, watched, started again, ended. */
@org.jspecify.annotations.NullMarked
package io.millrace.local.process;
