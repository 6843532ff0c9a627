@org.jspecify.annotations.NullMarked
package io.millrace.bench.stack;
