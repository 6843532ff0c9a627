/** Steps: definitions read from annotations, and the running of one try. */
@org.jspecify.annotations.NullMarked
package io.millrace.step;
