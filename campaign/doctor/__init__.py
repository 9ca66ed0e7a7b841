"""`flaunt doctor`: tries what this configuration names, and says for each thing how it is and what would mend it."""
