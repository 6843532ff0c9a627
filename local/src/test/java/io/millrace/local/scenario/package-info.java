/**
 * Every row of the behaviour as scenarios, each of which runs unchanged on every executor. Begin
 * with {@link io.millrace.local.scenario.Scenario}; chapters hold the scenarios, {@link
 * io.millrace.local.scenario.ScenariosTest} runs them.
 */
@org.jspecify.annotations.NullMarked
package io.millrace.local.scenario;
