"""What a round leaves behind: chains, seals and the dossier, and how they are checked."""
