/** What travels on Millrace's own topics: generated protocol records, topic names, headers. */
@org.jspecify.annotations.NullMarked
package io.millrace.protocol;
