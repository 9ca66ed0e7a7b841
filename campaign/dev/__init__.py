"""The local stack: real servers on this machine, for `flaunt dev` and for the tests."""
