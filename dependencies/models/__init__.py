"""Records of needs, of interfaces and agreements with others, of decisions on losses, and of stored runs."""
