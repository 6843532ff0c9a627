/** What a step author and a client program import. */
@org.jspecify.annotations.NullMarked
package io.millrace;
