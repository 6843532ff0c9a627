package io.millrace.serde;

import org.apache.avro.Schema;

/**
 * The schema that data must be written with, and its registry id. Usually the data's own; under
 * {@code use.latest.version} the subject's newest.
 */
public record WriterSchema(int id, Schema schema) {}
