package io.millrace;

/**
 * An immutable fact that belongs to a run. Events are records that implement this or one of the
 * interfaces below it; the record's simple name is the event's type, its components are the Avro
 * schema's fields in declaration order. Classes generated from Avro schemas are events too, without
 * implementing anything: a schema property {@code "millrace.kind"} (start, stop, input-required,
 * human-response) says which kind, if not a plain one.
 */
public interface Event {}
