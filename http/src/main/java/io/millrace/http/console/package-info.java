/**
 * The console's files, as a browser gets them. They are plain modules: nothing is built. Start
 * reading at {@code main.js}, beside this package in the resources.
 */
@NullMarked
package io.millrace.http.console;

import org.jspecify.annotations.NullMarked;
