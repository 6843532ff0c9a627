package io.millrace.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param id the registry-wide schema id that records carry
 * @param version the number within the subject, first = 1
 */
public record RegisteredSchema(int id, int version, Schema schema) {}
