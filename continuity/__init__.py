"""How we carry on: plans, findings and readiness."""
