"""Flaunt: two-way fan campaigns."""

import os

# Before numpy is loaded: its linear algebra by one thread in each process. Beside other busy processes several threads
# of OpenBLAS wait for each other (a result then took 12 times as long), and by how many threads a sum is split decides
# its last digits, which ought to be the same on every machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
