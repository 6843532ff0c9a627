/** Keeps work in flight and measures it. */
@org.jspecify.annotations.NullMarked
package io.millrace.bench.load;
