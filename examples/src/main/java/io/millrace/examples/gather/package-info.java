/** Dispatching several events with sendEvent, and gathering as many equal events. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.gather;
