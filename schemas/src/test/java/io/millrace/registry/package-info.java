/** Tests of the schema registry client. */
@org.jspecify.annotations.NullMarked
package io.millrace.registry;
