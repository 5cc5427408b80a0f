"""What follows from several claims: relations, origins, positions, the results of questions."""
