"""What is built beside each release for questions that a graph store answers slowly."""
