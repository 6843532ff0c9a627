/** The code of the guide, compiled and tried. */
@org.jspecify.annotations.NullMarked
package io.millrace.examples.guide;
