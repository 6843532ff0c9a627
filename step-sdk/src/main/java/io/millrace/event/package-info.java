/** Event classes, their schemas, and their bytes. */
@org.jspecify.annotations.NullMarked
package io.millrace.event;
