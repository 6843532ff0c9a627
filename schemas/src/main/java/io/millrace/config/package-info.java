/** Configuration of every process, merged once from files, environment and code. */
@org.jspecify.annotations.NullMarked
package io.millrace.config;
