@org.jspecify.annotations.NullMarked
package io.millrace.observe.metrics;
