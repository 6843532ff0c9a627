/** One class per benchmark. */
@org.jspecify.annotations.NullMarked
package io.millrace.bench.run;
