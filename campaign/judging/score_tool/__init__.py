"""`flaunt score`: a result from a file of ballots, for anybody, without a server or a database."""
