"""A disruption as `prepare trace --json` tells it, without the command around it."""

from dependencies import tracing


def of_scenario(scope, code):
    """The scenario of this code."""
    return tracing.run_near(scope, tracing.scenario_hits(scope, code)).as_json(scenario=code)


def of_function(scope, code, hours):
    """One function out for so many hours."""
    return tracing.run_near(scope, tracing.function_hits(scope, code, hours)).as_json()
