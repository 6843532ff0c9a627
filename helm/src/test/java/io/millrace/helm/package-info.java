/** Tests of the chart in this module's folder. */
@org.jspecify.annotations.NullMarked
package io.millrace.helm;
