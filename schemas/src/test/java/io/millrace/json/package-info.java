/** Plain JSON and Avro. */
@org.jspecify.annotations.NullMarked
package io.millrace.json;
