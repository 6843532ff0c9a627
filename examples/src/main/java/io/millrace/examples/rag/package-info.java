/**
 * Question answering over a folder of text: plan, retrieve, rank and synthesize as four services.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.rag;
